// Absolute values, signs, remainders and positive differences.
#include <math.h>
#include <stdlib.h>
#pragma nsc inputs(-5, 5)
#pragma nsc input(n, -9, 9)
double signs(double x, double y, int n) {
    return fabs(x) + copysign(2, y) + fmod(x, 1.75) + fdim(x, y) + abs(n) + (signbit(x) ? 0.5 : 0.25);
}
