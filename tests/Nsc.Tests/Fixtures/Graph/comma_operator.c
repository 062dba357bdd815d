// The comma operator in an expression and in a loop.
#pragma nsc input(x, -1, 1)
double zigzag(double x) {
    double a = x, b = 1;
    for (int i = 0, j = 5; i < j; i++, j--) {
        a = (b += 0.5, a * b - j);
    }
    return a;
}
