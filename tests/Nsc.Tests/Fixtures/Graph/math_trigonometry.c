// Trigonometric functions and their inverses.
#include <math.h>
#pragma nsc inputs(-0.9, 0.9)
double waves(double x, double y) {
    return sin(x) * cos(y) + tan(x) + asin(x) * acos(y) + atan(y) + atan2(y, x + 2);
}
