// The logistic map, iterated a few times in its calm region.
#pragma nsc input(r, 1, 3)
#pragma nsc input(x, 0.1, 0.9)
double logistic(double r, double x) {
    for (int i = 0; i < 16; i++) {
        x = r * x * (1 - x);
    }
    return x;
}
