// Rotation of a vector about an axis (Rodrigues' formula).
#include <math.h>
typedef struct { double x, y, z; } V;
static double dot(V a, V b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static V cross(V a, V b) { return (V){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
static V scale(V a, double s) { return (V){a.x * s, a.y * s, a.z * s}; }
static V add(V a, V b) { return (V){a.x + b.x, a.y + b.y, a.z + b.z}; }
#pragma nsc inputs(0.2, 1)
#pragma nsc input(angle, -3, 3)
V rodrigues(V v, V axis, double angle) {
    V k = scale(axis, 1 / sqrt(dot(axis, axis)));
    return add(add(scale(v, cos(angle)), scale(cross(k, v), sin(angle))), scale(k, dot(k, v) * (1 - cos(angle))));
}
