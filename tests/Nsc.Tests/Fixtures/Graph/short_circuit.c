// The right side is only evaluated when the left one asks for it.
#pragma nsc inputs(-2, 2)
double safe_ratio(double a, double b) {
    if (b != 0 && a / b > 1) {
        return a / b;
    }
    return a < 0 || b < 0 ? -1 : 1;
}
