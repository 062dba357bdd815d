// An output that is written twice, the second time on some paths.
#pragma nsc input(x, -1, 1)
void twice(float x, float *y) {
    *y = x;
    if (x > 0.5f) {
        *y = 1 - x;
    }
}
