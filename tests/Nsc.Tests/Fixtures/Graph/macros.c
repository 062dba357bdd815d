// Function-like and constant macros.
#define SCALE 2.5f
#define SQUARE(x) ((x) * (x))
#define MIX(a, b, t) ((a) * (1 - (t)) + (b) * (t))
#pragma nsc inputs(0, 1)
float shaded(float a, float b, float t) {
    return MIX(SQUARE(a), SQUARE(b), t) * SCALE;
}
