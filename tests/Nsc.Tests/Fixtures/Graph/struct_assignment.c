// Assigning structures and arrays inside them.
typedef struct { float v[3]; int n; } Row;
#pragma nsc inputs(-1, 1)
float assigned(float a, float b, float c) {
    Row r = {{a, b, c}, 3}, s;
    s = r;
    s.v[1] = -s.v[1];
    r = a > 0 ? s : r;
    return r.v[0] + 2 * r.v[1] + 3 * r.v[2] + r.n;
}
