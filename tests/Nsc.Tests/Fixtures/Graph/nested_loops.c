// A loop in a loop, the inner bound depending on the outer counter.
#pragma nsc inputs(-1, 1)
double triangle(double a, double b) {
    double sum = 0;
    for (int i = 0; i < 5; i++) {
        for (int j = 0; j <= i; j++) {
            sum += a * i - b * j;
        }
    }
    return sum;
}
