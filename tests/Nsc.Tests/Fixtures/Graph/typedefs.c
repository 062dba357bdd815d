// Types under other names.
typedef float real;
typedef real vec2[2];
typedef unsigned char byte;
#pragma nsc inputs(0, 1)
real average(real a, real b) {
    vec2 v = {a, b};
    byte n = 2;
    return (v[0] + v[1]) / n;
}
