// A loop with a constant trip count.
#pragma nsc input(x, -1, 1)
double power_sum(double x) {
    double sum = 0, power = 1;
    for (int i = 1; i <= 10; i++) {
        power *= x;
        sum += power / i;
    }
    return sum;
}
