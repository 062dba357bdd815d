// Zero has a sign.

#include <math.h>

double case_zero_plus(double x) { return x + 0.0; }

double case_zero_minus(double x) { return 0.0 - x; }

double case_minus_zero(double x) { return x - 0.0; }

double case_neg(double x) { return -x; }

double case_mul_minus1(double x) { return x * -1.0; }

double case_div1(double x) { return x / 1.0 + x * 1.0; }

double case_copysign(double x, double y) { return copysign(x, y) + copysign(0.0, x); }

double case_copysign2(double x, double y) { return copysign(x, -y); }

int case_signbit(double x) { return signbit(x) != 0; }

int case_signbitf(float x) { return signbit(x) ? 3 : 4; }

double case_cancel_neg(double x, double y) { return -(x - y) + (y - x); }

double case_neg_mul(double x, double y) { return -(x * y) - (-x) * y; }

double case_neg_add(double x, double y) { return (-x) + (-y); }

double case_negate_zero_sum(double x, double y) { return 1 / (-(x + y)); }

double case_fmin(double x, double y) { return fmin(x, y); }

double case_fmax0(double x) { return fmax(0.0, x); }

float case_fmaxf(float x, float y) { return fmaxf(x, y) - fminf(x, y); }

double case_cabs_like(double re, double im) { return sqrt(re * re + im * im) * copysign(1, re); }

double case_bool_in(_Bool b, double x) { return b ? x : -x; }
