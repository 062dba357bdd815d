// A constant table that is local to the function.
#pragma nsc input(x, 0, 9)
double tabulated(double x) {
    static const double steps[3] = {2, 5, 8};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        sum += x >= steps[i] ? steps[i] : 0;
    }
    return sum;
}
