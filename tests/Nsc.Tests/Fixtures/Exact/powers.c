// What clang rewrites, it rewrites in the graph as well.

#include <math.h>
#include <stdlib.h>

double exp10(double);

double case_pow2(double x) { return pow(x, 2); }

double case_pow3(double x) { return pow(x, 3); }

double case_pow_half(double x) { return pow(x, 0.5); }

double case_pow_mhalf(double x) { return pow(x, -0.5); }

double case_pow_m1(double x) { return pow(x, -1) + pow(x, 1) + pow(x, 0); }

double case_pow15(double x) { return pow(x, 1.5); }

#pragma nsc input(x, -20, 20)
double case_pow_base2(double x) { return pow(2, x) + pow(8.0, x); }

#pragma nsc input(x, -20, 20)
double case_pow_base10(double x) { return pow(10, x); }

#pragma nsc input(n, -5, 12)
double case_pow_int(double x, int n) { return pow(x, n) + pow(2, n); }

float case_powf(float x, float y) { return powf(x, y); }

double case_powi7(double x) { return __builtin_powi(x, 7) + __builtin_powi(x, -6); }

#pragma nsc input(x, -20, 20)
double case_exp10(double x) { return exp10(x); }

float case_sqrtf_d(float x) { return (float)sqrt(x); }

#pragma nsc input(x, -100, 100)
float case_sinf_d(float x) { return (float)sin(x); }

double case_cos_neg(double x) { return cos(-x) + sin(-x) + fabs(-x); }

#pragma nsc input(n, -2200, 2200)
double case_ldexp(double x, int n) { return ldexp(x, n); }

#pragma nsc input(n, -1100, 1100)
double case_ldexp1(int n) { return exp2(n); }

#pragma nsc input(n, -300, 300)
float case_ldexpf(float x, int n) { return ldexpf(x, n); }

#pragma nsc input(n, -40, 40)
double case_scalbn(double x, int n) { return scalbn(x, n) + scalbln(x, n - 3); }
