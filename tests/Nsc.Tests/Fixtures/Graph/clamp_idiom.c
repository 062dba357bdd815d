// Clamping in three spellings.
#pragma nsc input(x, -2, 2)
#pragma nsc input(n, -300, 300)
float clamped(float x, int n) {
    float a = x < -1 ? -1 : x > 1 ? 1 : x;
    float b = x;
    if (b < 0) b = 0;
    if (b > 1) b = 1;
    int c = n > 255 ? 255 : (n < 0 ? 0 : n);
    return a + b + c;
}
