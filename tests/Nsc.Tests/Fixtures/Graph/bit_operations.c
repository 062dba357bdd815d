// And, or, exclusive or and complement.
#pragma nsc inputs(0, 255)
unsigned bits(unsigned a, unsigned b) {
    return ((a & b) | (~a & 0x3C)) ^ (b | 0x81);
}
