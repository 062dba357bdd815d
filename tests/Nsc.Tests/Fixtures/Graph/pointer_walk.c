// A pointer that walks over an array until it meets the end.
#pragma nsc inputs(-1, 1)
float sum_walk(float a, float b, float c) {
    float v[3] = {a, b, c}, sum = 0;
    for (const float *p = v; p != v + 3; p++) {
        sum = sum * 0.5f + *p;
    }
    return sum;
}
