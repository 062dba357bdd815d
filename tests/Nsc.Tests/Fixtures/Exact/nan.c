// NaN is neither less nor greater nor equal, and passes through what is written as a minimum or not.

#include <math.h>

double case_nan_branch(double x) { double r = sqrt(x); if (r < .5) return 1; if (r >= .5) return 2; return 3; }

int case_notless(double x, double y) { return !(x < y); }

int case_cmp_all(double x, double y) {
    return (x < y) + 2 * (x <= y) + 4 * (x > y) + 8 * (x >= y) + 16 * (x == y) + 32 * (x != y);
}

int case_cmp_neg(double x, double y) {
    return !(x < y) + 2 * !(x <= y) + 4 * !(x > y) + 8 * !(x >= y) + 16 * !(x == y) + 32 * !(x != y);
}

int case_islessgreater(double x, double y) {
    return __builtin_islessgreater(x, y) + 2 * __builtin_isunordered(x, y) + 4 * !__builtin_islessgreater(x, y);
}

int case_isnan(double x) { return isnan(x) + 2 * isinf(x) + 4 * isfinite(x) + 8 * isnormal(x); }

int case_fpclassify(double x) { return fpclassify(x); }

double case_clamp(double x) { return x < 0 ? 0 : x > 1 ? 1 : x; }

double case_clamp2(double x) { if (!(x >= 0)) x = 0; if (!(x <= 1)) x = 1; return x; }

double case_ternary_min(double x, double y) { return x < y ? x : y; }

double case_ternary_max(double x, double y) { return x > y ? x : y; }

double case_ternary_min_le(double x, double y) { return x <= y ? x : y; }

double case_ternary_max_ge(double x, double y) { return y >= x ? y : x; }

double case_ternary_abs(double x) { return x < 0 ? -x : x; }

double case_ternary_abs2(double x) { return x >= 0 ? x : -x; }

double case_fclamp(double x) { return fmin(fmax(x, -0.5), 0.5); }

double case_nan_const(double x) { return x > 0 ? x : NAN; }

double case_inf_const(double x) { double m = INFINITY; if (x < m) m = x; return m - x; }

double case_div_zero(double x) { return 1.0 / (x - x) + 1.0 / x; }

int case_sign(double x) { return (x > 0) - (x < 0); }

double case_self_minus(double x) { return x - x; }

double case_self_div(double x) { return x / x; }

double case_times_zero(double x) { return x * 0.0; }

double case_loop_data(double x) { double s = 0; int i; for (i = 0; i < 20 && s < 3; i++) s += fabs(x) + 0.1; return s + i; }

int case_float_cmp_c(float x) { return x == 0.1f ? 1 : x > 0.1 ? 2 : 3; }

#pragma nsc input(n, -100, 100)
int case_int_float_cmp(int n, float x) { return n < x ? n : (int)(x * 0) + 7; }

double case_fdim(double x, double y) { return fdim(x, y); }

double case_nan_call(double x) { return x > .5 ? x : nan(""); }

float case_nanf_call(float x, float y) { return x > y ? x * y : nanf("0"); }
