// Every compound assignment operator.
#pragma nsc inputs(1, 60)
int compound(int a, int b) {
    a += b;
    a -= 3;
    a *= 5;
    a /= 2;
    a %= 97;
    a <<= 2;
    a >>= 1;
    a |= 8;
    a &= 0xFF;
    a ^= b;
    return a;
}
