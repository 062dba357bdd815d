// A helper whose loop bound is an argument, constant at each call.
static double taylor(double x, int terms) {
    double sum = 0, term = 1;
    for (int i = 1; i <= terms; i++) {
        sum += term;
        term *= x / i;
    }
    return sum;
}
#pragma nsc input(x, -1, 1)
double compare(double x) {
    return taylor(x, 8) - taylor(x, 3);
}
