// A loop that data ends: Newton's method until the step is small. Cut at the unrolling bound.
#include <math.h>
#pragma nsc input(x, 1, 2)
double root(double x) {
    double g = x;
    while (fabs(g * g - x) > 1e-9) {
        g = 0.5 * (g + x / g);
    }
    return g;
}
