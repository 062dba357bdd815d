// Enumerated constants choose the formula.
typedef enum { LINEAR = 1, SQUARED, INVERSE = 7 } Falloff;
static double attenuate(Falloff f, double d) {
    switch (f) {
    case LINEAR: return 1 - d;
    case SQUARED: return (1 - d) * (1 - d);
    case INVERSE: return 1 / (1 + d);
    }
    return 0;
}
#pragma nsc input(d, 0, 1)
double light(double d) {
    return attenuate(LINEAR, d) + attenuate(SQUARED, d) * 2 + attenuate(INVERSE, d);
}
