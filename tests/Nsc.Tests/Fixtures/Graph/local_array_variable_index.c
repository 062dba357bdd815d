// A local array that is read at a computed place.
#pragma nsc input(k, 0, 3)
#pragma nsc inputs(-1, 1)
float pick(int k, float a, float b) {
    float v[4] = {a, b, a + b, a * b};
    return v[k] - v[3 - k];
}
