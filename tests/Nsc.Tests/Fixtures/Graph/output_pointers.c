// Two results through pointers, one on each path in another way.
#include <math.h>
#pragma nsc inputs(-1, 1)
void polar(float x, float y, float *radius, float *angle) {
    *radius = sqrtf(x * x + y * y);
    if (x > 0) {
        *angle = atanf(y / (x + 0.01f));
    } else {
        *angle = 0;
    }
}
