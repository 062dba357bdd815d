// A goto into the middle of a loop: the loop has two entries.
#pragma nsc input(x, 0, 1)
#pragma nsc input(skip, 0, 1)
double two_entries(double x, int skip) {
    int i = 0;
    double kept = 0.25;
    if (skip) {
        goto middle;
    }
    do {
        kept = x * 0.5;
        x = x * 1.25 + 0.125;
    middle:
        x = x - kept * 0.5;
        i++;
    } while (i < 4);
    return x + kept;
}
