// Linear interpolation in a table.
#include <math.h>
static const float curve[6] = {0, 0.3f, 0.5f, 0.9f, 1.4f, 2};
#pragma nsc input(x, 0, 5)
float interpolate(float x) {
    int i = (int)floorf(x);
    if (i > 4) {
        i = 4;
    }
    float t = x - i;
    return curve[i] * (1 - t) + curve[i + 1] * t;
}
