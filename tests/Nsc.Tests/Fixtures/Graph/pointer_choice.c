// A pointer to one of two variables, read and written through.
#pragma nsc inputs(-1, 1)
double choose(double a, double b) {
    double x = a * 2, y = b * 3;
    double *larger = a > b ? &x : &y;
    *larger += 1;
    return x - y;
}
