// Bit-fields in a local structure.
struct flags { unsigned low : 3; unsigned mid : 5; signed high : 4; };
#pragma nsc inputs(0, 40)
int pack(unsigned a, unsigned b) {
    struct flags f = {0};
    f.low = a;
    f.mid = a + b;
    f.high = (int)b - 20;
    return (int)f.low + 10 * (int)f.mid + 1000 * f.high;
}
