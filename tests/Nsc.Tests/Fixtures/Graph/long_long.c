// 64-bit integers: a product that does not fit in 32 bits.
#pragma nsc inputs(-1000000, 1000000)
long long widen(int a, int b) {
    return (long long)a * b + 5;
}
