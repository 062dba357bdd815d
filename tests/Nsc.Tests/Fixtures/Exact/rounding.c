// Rounding is part of what a program computes: idioms that vanish when additions are reassociated or contracted.

#include <math.h>

double case_round_15(double x) { double m = 6755399441055744.0; return (x + m) - m; }

#pragma nsc input(x, -1000, 1000)
double case_round_252(double x) { return (x + 4503599627370496.0) - 4503599627370496.0; }

#pragma nsc input(x, -1000, 1000)
float case_round_float(float x) { return (x + 12582912.0f) - 12582912.0f; }

double case_kahan(const double x[6]) {
    double s = 0, c = 0;
    for (int i = 0; i < 6; i++) {
        double y = x[i] - c, t = s + y;
        c = (t - s) - y;
        s = t;
    }
    return s;
}

double case_kahan_c(const double x[4]) {
    double s = 0, c = 0;
    for (int i = 0; i < 4; i++) {
        double y = x[i] - c, t = s + y;
        c = (t - s) - y;
        s = t;
    }
    return c;
}

double case_twosum(double a, double b) { double s = a + b, z = s - a; return (a - (s - z)) + (b - z); }

double case_veltkamp(double x) { double c = 134217729.0 * x, h = c - (c - x); return x - h; }

double case_twoprod(double x, double y) {
    double p = x * y, c = 134217729.0 * x, xh = c - (c - x), xl = x - xh, d = 134217729.0 * y, yh = d - (d - y), yl = y - yh;
    return ((xh * yh - p) + xh * yl + xl * yh) + xl * yl;
}

double case_fma(double x, double y) { return fma(x, y, -x * y); }

float case_fmaf(float x, float y, float z) { return fmaf(x, y, z) - x * y; }

double case_excess(double x) { float a = x; return x - a; }

float case_float_double(float x, double y) { return x * y + 0.1f; }

double case_float_double2(float x, double y) { return (float)(x * y) - x * y; }

float case_double_float_c(float x) { return x + 0.1; }

float case_float_sum(const float x[5]) { float s = 0; for (int i = 0; i < 5; i++) s += x[i]; return s; }

double case_dot(const double x[4], const double y[4]) {
    double s = 0;
    for (int i = 0; i < 4; i++) s += x[i] * y[i];
    return s;
}

double case_reassoc(double a, double b, double c) { return (a + b) + c - (a + (b + c)); }

double case_factor(double a, double b, double c) { return a * b + a * c - a * (b + c); }

double case_constants(double x) { return ((x * 3.0) * 0.1 + 1e16) - 1e16 + x; }

double case_halves(double x) { return x * 0.5 + x / 2; }

double case_recip(double x, double y) { return x * (1.0 / y); }

double case_div3(double x) { return x / 3.0; }

float case_div10f(float x) { return x / 10.0f; }

double case_div4(double x) { return x / 4.0; }

#pragma nsc input(x, 0.1, 100)
double case_newton(double x) { double y = x; for (int i = 0; i < 8; i++) y = 0.5 * (y + x / y); return y; }

double case_const_fold(double x) { double a = 0.1, b = 0.2; return (a + b) * x + sin(1.0) + exp(0.3); }
