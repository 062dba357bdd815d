// A counted loop that data may leave early, and that skips some steps.
#pragma nsc input(x, 0.1, 1)
#pragma nsc input(limit, 0.5, 4)
double limited(double x, double limit) {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        if (i % 3 == 1) {
            continue;
        }
        sum += x * i;
        if (sum > limit) {
            break;
        }
    }
    return sum;
}
