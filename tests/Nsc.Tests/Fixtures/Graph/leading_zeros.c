// Leading and trailing zeros of an integer.
#pragma nsc input(x, 1, 100000)
int zeros(unsigned x) {
    return __builtin_clz(x) * 100 + __builtin_ctz(x);
}
