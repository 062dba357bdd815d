// Hyperbolic functions and their inverses.
#include <math.h>
#pragma nsc inputs(-0.9, 0.9)
double hyperbolic(double x, double y) {
    return sinh(x) + cosh(y) * tanh(x) + asinh(y) + acosh(x + 2) + atanh(y);
}
