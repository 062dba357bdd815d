// Guards that return before the main computation.
#pragma nsc inputs(-2, 2)
double guarded(double x, double y) {
    if (y == 0) {
        return 0;
    }
    if (x < -1) {
        return -1;
    }
    double q = x * x + y * y;
    if (q > 3) {
        return 3;
    }
    return q;
}
