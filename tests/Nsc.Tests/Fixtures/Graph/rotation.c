// A rotation in the plane.
#include <math.h>
typedef struct { float x, y; } V2;
#pragma nsc inputs(-1, 1)
#pragma nsc input(angle, -3.14159, 3.14159)
V2 rotate(V2 v, float angle) {
    float c = cosf(angle), s = sinf(angle);
    V2 r = {c * v.x - s * v.y, s * v.x + c * v.y};
    return r;
}
