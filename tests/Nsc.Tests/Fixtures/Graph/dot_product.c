// A dot product over arrays of constant extent.
#pragma nsc inputs(-1, 1)
float dot(const float a[6], const float b[6]) {
    float sum = 0;
    for (int i = 0; i < 6; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}
