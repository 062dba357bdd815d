// A sorting network for five values.
#define EXCHANGE(a, b) do { if (v[a] > v[b]) { float t = v[a]; v[a] = v[b]; v[b] = t; } } while (0)
#pragma nsc inputs(-1, 1)
void sort5(float a, float b, float c, float d, float e, float out[5]) {
    float v[5] = {a, b, c, d, e};
    EXCHANGE(0, 1); EXCHANGE(3, 4); EXCHANGE(2, 4); EXCHANGE(2, 3); EXCHANGE(1, 4);
    EXCHANGE(0, 3); EXCHANGE(0, 2); EXCHANGE(1, 3); EXCHANGE(1, 2);
    for (int i = 0; i < 5; i++) {
        out[i] = v[i];
    }
}
