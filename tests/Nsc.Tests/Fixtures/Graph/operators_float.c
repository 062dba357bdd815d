// The four basic operators and negation on floats.
#pragma nsc input(a, -2, 2)
#pragma nsc input(b, 0.5, 3)
float blend(float a, float b) {
    return -(a + b) * (a - 2.5f) / b;
}
