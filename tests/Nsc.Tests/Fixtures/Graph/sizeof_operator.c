// sizeof of types, arrays and expressions.
#pragma nsc input(x, -1, 1)
double scaled(double x) {
    float v[6] = {1, 2, 3, 4, 5, 6};
    int n = sizeof v / sizeof v[0];
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += v[i];
    }
    return x * sum / sizeof(double) + (double)sizeof x;
}
