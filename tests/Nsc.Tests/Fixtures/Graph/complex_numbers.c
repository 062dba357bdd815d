// Complex arithmetic, in and out of helpers.
#include <complex.h>

static double complex parallel(double complex a, double complex b)
{
    return a * b / (a + b);
}

#pragma nsc inputs(0.5, 2)
double f(double x, double y)
{
    double complex z = parallel(x + I * y, 2.0 - I * x);
    return cabs(z) + creal(z) * cimag(z);
}
