// A matrix times a vector.
#pragma nsc inputs(-1, 1)
void apply(const float m[3][3], const float v[3], float out[3]) {
    for (int i = 0; i < 3; i++) {
        out[i] = 0;
        for (int j = 0; j < 3; j++) {
            out[i] += m[i][j] * v[j];
        }
    }
}
