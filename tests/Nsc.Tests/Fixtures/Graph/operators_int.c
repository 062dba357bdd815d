// Integer arithmetic: sum, difference, product, quotient and remainder.
#pragma nsc inputs(-100, 100)
#pragma nsc input(d, 1, 12)
int mix(int a, int b, int d) {
    return (a + 3 * b) / d - (a - b) % d + a * b;
}
