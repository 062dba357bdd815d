// Inputs behind a const pointer.
#include <math.h>
struct ray { float ox, oy, dx, dy; };
#pragma nsc inputs(-1, 1)
float closest(const struct ray *r) {
    float t = -(r->ox * r->dx + r->oy * r->dy) / (r->dx * r->dx + r->dy * r->dy + 0.1f);
    float px = r->ox + t * r->dx, py = r->oy + t * r->dy;
    return sqrtf(px * px + py * py);
}
