// An output array that a loop fills.
#pragma nsc inputs(-1, 1)
void powers(double x, double out[4]) {
    double p = 1;
    for (int i = 0; i < 4; i++) {
        p *= x;
        out[i] = p;
    }
}
