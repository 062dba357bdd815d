// Large unsigned numbers become large floats, not negative ones.
#pragma nsc input(a, 0, 1000)
double ratio(unsigned a) {
    unsigned big = 4294967295u - a;
    return big / 4294967296.0 + (float)big;
}
