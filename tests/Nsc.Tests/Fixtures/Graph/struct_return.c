// A structure as the result: complex multiplication.
typedef struct { double re, im; } Complex;
#pragma nsc inputs(-1, 1)
Complex multiply(Complex a, Complex b) {
    Complex r;
    r.re = a.re * b.re - a.im * b.im;
    r.im = a.re * b.im + a.im * b.re;
    return r;
}
