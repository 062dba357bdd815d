// A local matrix, multiplied by itself.
#pragma nsc inputs(-1, 1)
double squared_trace(double a, double b, double c) {
    double m[2][2] = {{a, b}, {c, -a}}, p[2][2];
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
            p[i][j] = 0;
            for (int k = 0; k < 2; k++) {
                p[i][j] += m[i][k] * m[k][j];
            }
        }
    }
    return p[0][0] + p[1][1] + p[0][1];
}
