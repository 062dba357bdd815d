// A structure too large for registers; the helper changes its own copy only.
typedef struct { double m[4]; } Quad;
static double shrink(Quad q) {
    q.m[0] *= 0.5;
    q.m[3] += q.m[0];
    return q.m[0] + q.m[3];
}
#pragma nsc inputs(-1, 1)
double twice(Quad q) {
    return shrink(q) + q.m[0] + q.m[3];
}
