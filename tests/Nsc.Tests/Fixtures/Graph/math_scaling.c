// Scaling by powers of two, and fused multiply-add.
#include <math.h>
#pragma nsc input(x, -4, 4)
#pragma nsc input(n, -3, 3)
double scale(double x, int n) {
    return ldexp(x, n) + scalbn(x, 2) - fma(x, 0.5, 1);
}
