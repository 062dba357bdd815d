// Counting bits with a compiler builtin and with a loop.
#pragma nsc input(x, 0, 65535)
int ones(unsigned x) {
    int n = 0;
    for (unsigned v = x & 0xFF; v != 0; v &= v - 1) {
        n++;
    }
    return __builtin_popcount(x) * 16 + n;
}
