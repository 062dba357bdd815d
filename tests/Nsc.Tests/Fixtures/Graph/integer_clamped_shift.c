// Rounding division and saturation, as codecs do.
#pragma nsc inputs(-4000, 4000)
unsigned char to_pixel(int sum, int bias) {
    int v = (sum + bias + 8) >> 4;
    return v < 0 ? 0 : v > 255 ? 255 : (unsigned char)v;
}
