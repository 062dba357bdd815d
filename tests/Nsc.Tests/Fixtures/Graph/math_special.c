// Error and gamma functions.
#include <math.h>
#pragma nsc input(x, 0.2, 4)
double special(double x) {
    return erf(x) + erfc(x / 2) + tgamma(x) + lgamma(x + 1);
}
