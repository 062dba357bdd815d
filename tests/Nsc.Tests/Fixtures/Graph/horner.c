// A polynomial by Horner's rule, with negative coefficients.
static const double c[6] = {-1.5, 0.25, -3, 2, 0.125, -0.75};
#pragma nsc input(x, -1, 1)
double horner(double x) {
    double r = c[5];
    for (int i = 4; i >= 0; i--) {
        r = r * x + c[i];
    }
    return r;
}
