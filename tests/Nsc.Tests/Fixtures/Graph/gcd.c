// Euclid's algorithm: the remainder chain ends by data.
#pragma nsc inputs(1, 60)
int gcd(int a, int b) {
    while (b != 0) {
        int t = a % b;
        a = b;
        b = t;
    }
    return a;
}
