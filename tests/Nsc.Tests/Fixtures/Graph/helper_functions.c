// Helpers that call one another.
#include <math.h>
static double square(double x) { return x * x; }
static double length(double x, double y) { return sqrt(square(x) + square(y)); }
#pragma nsc inputs(-2, 2)
double ring(double x, double y) {
    return fabs(length(x, y) - 1.0);
}
