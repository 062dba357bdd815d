// _Generic chooses a function by type.
#include <math.h>
#define MAGNITUDE(x) _Generic((x), float: fabsf, double: fabs)(x)
#pragma nsc inputs(-1, 1)
double magnitude(float a, double b) {
    return MAGNITUDE(a) + 2 * MAGNITUDE(b);
}
