// Casts between integers and floating point truncate toward zero.
#pragma nsc input(x, -20, 20)
double truncated(double x) {
    int whole = (int)x;
    return (double)(float)(x - whole) + (float)whole / 4;
}
