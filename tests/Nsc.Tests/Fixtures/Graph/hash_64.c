// A 64-bit hash of a counter, reduced to a real number in [0, 1).
#pragma nsc input(seed, 0, 1000000)
double noise(unsigned seed) {
    unsigned long long z = seed + 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    z ^= z >> 31;
    return (double)(z >> 11) / 9007199254740992.0;
}
