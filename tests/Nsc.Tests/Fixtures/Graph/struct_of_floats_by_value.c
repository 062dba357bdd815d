// Three floats travel in two registers; the callee takes them apart.
typedef struct { float x, y, z; } Vec3;
static Vec3 cross(Vec3 a, Vec3 b) {
    Vec3 r = {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
    return r;
}
#pragma nsc inputs(-2, 2)
float triple(Vec3 a, Vec3 b, Vec3 c) {
    Vec3 n = cross(a, b);
    return n.x * c.x + n.y * c.y + n.z * c.z;
}
