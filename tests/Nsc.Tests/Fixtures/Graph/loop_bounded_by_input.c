// The trip count is an input; its range makes the unrolled loop exact.
#pragma nsc input(n, 0, 8)
#pragma nsc input(x, 0.5, 1.5)
double integer_power(int n, double x) {
    double r = 1;
    for (int i = 0; i < n; i++) {
        r *= x;
    }
    return r;
}
