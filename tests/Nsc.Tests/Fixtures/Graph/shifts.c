// Shifts left and right, signed and unsigned, by constants and by inputs.
#pragma nsc input(a, -1000, 1000)
#pragma nsc input(n, 0, 7)
long long shifted(int a, unsigned n) {
    unsigned u = (unsigned)a;
    return (a >> n) + (long long)(u >> (n + 20)) + (a * 4 << 1) + (1 << n);
}
