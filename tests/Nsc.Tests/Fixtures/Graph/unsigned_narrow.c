// Narrow unsigned types extend with zeros.
#pragma nsc input(r, 0, 255)
#pragma nsc input(g, 0, 255)
#pragma nsc input(b, 0, 255)
unsigned char luma(unsigned char r, unsigned char g, unsigned char b) {
    return (unsigned char)((77 * r + 150 * g + 29 * b) >> 8);
}
