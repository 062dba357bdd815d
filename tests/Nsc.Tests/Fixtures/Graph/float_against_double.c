// The same sum in single and in double precision; each keeps its own rounding.
#pragma nsc inputs(0, 1)
double both(float a, double b) {
    float narrow = a * 1.1f + (float)b;
    double wide = a * 1.1 + b;
    return narrow + wide * 0.5;
}
