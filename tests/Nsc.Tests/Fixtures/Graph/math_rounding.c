// All ways to round to a whole number.
#include <math.h>
#pragma nsc input(x, -10, 10)
double rounded(double x) {
    return floor(x) + 2 * ceil(x) + 4 * trunc(x) + 8 * round(x) + 16 * rint(x) + nearbyint(x / 2) + lround(x) + (double)llrint(x * 3);
}
