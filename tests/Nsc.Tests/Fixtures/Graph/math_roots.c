// Roots and distances, in single precision.
#include <math.h>
#pragma nsc inputs(0, 4)
float roots(float x, float y) {
    return sqrtf(x) + cbrtf(y) + hypotf(x, y);
}
