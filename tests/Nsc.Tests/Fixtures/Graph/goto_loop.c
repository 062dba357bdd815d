// A loop made of a label and a goto.
#pragma nsc input(x, 0, 1)
double spin(double x) {
    int i = 0;
again:
    x = 3.2 * x * (1 - x);
    if (++i < 5) {
        goto again;
    }
    return x;
}
