// Bilinear interpolation between four corners.
#pragma nsc inputs(0, 1)
float bilinear(float a, float b, float c, float d, float u, float v) {
    float top = a + (b - a) * u;
    float bottom = c + (d - c) * u;
    return top + (bottom - top) * v;
}
