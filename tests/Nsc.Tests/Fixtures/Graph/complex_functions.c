// The functions of complex.h.
#include <complex.h>

#pragma nsc inputs(0.1, 1)
double _Complex f(double _Complex z, double _Complex w)
{
    return cexp(z) + csqrt(w) + clog(z) + cpow(z, w) + csin(z) * ccos(w) + csinh(z) * ccosh(w) + ctanh(z) + carg(w) * I + cabs(z);
}
