// Functions of libm, in both precisions: the graph calls what the program calls.

#include <math.h>

#pragma nsc input(x, -8, 8)
double call_sin(double x) { return sin(x); }
#pragma nsc input(x, -8, 8)
float call_sinf(float x) { return sinf(x); }

#pragma nsc input(x, -8, 8)
double call_cos(double x) { return cos(x); }
#pragma nsc input(x, -8, 8)
float call_cosf(float x) { return cosf(x); }

#pragma nsc input(x, -8, 8)
double call_tan(double x) { return tan(x); }
#pragma nsc input(x, -8, 8)
float call_tanf(float x) { return tanf(x); }

#pragma nsc input(x, -8, 8)
double call_asin(double x) { return asin(x); }
#pragma nsc input(x, -8, 8)
float call_asinf(float x) { return asinf(x); }

#pragma nsc input(x, -8, 8)
double call_acos(double x) { return acos(x); }
#pragma nsc input(x, -8, 8)
float call_acosf(float x) { return acosf(x); }

#pragma nsc input(x, -8, 8)
double call_atan(double x) { return atan(x); }
#pragma nsc input(x, -8, 8)
float call_atanf(float x) { return atanf(x); }

#pragma nsc input(x, -8, 8)
double call_sinh(double x) { return sinh(x); }
#pragma nsc input(x, -8, 8)
float call_sinhf(float x) { return sinhf(x); }

#pragma nsc input(x, -8, 8)
double call_cosh(double x) { return cosh(x); }
#pragma nsc input(x, -8, 8)
float call_coshf(float x) { return coshf(x); }

#pragma nsc input(x, -8, 8)
double call_tanh(double x) { return tanh(x); }
#pragma nsc input(x, -8, 8)
float call_tanhf(float x) { return tanhf(x); }

#pragma nsc input(x, -8, 8)
double call_asinh(double x) { return asinh(x); }
#pragma nsc input(x, -8, 8)
float call_asinhf(float x) { return asinhf(x); }

#pragma nsc input(x, -8, 8)
double call_acosh(double x) { return acosh(x); }
#pragma nsc input(x, -8, 8)
float call_acoshf(float x) { return acoshf(x); }

#pragma nsc input(x, -8, 8)
double call_atanh(double x) { return atanh(x); }
#pragma nsc input(x, -8, 8)
float call_atanhf(float x) { return atanhf(x); }

#pragma nsc input(x, -8, 8)
double call_exp(double x) { return exp(x); }
#pragma nsc input(x, -8, 8)
float call_expf(float x) { return expf(x); }

#pragma nsc input(x, -8, 8)
double call_exp2(double x) { return exp2(x); }
#pragma nsc input(x, -8, 8)
float call_exp2f(float x) { return exp2f(x); }

#pragma nsc input(x, -8, 8)
double call_expm1(double x) { return expm1(x); }
#pragma nsc input(x, -8, 8)
float call_expm1f(float x) { return expm1f(x); }

#pragma nsc input(x, -8, 8)
double call_log(double x) { return log(x); }
#pragma nsc input(x, -8, 8)
float call_logf(float x) { return logf(x); }

#pragma nsc input(x, -8, 8)
double call_log2(double x) { return log2(x); }
#pragma nsc input(x, -8, 8)
float call_log2f(float x) { return log2f(x); }

#pragma nsc input(x, -8, 8)
double call_log10(double x) { return log10(x); }
#pragma nsc input(x, -8, 8)
float call_log10f(float x) { return log10f(x); }

#pragma nsc input(x, -8, 8)
double call_log1p(double x) { return log1p(x); }
#pragma nsc input(x, -8, 8)
float call_log1pf(float x) { return log1pf(x); }

#pragma nsc input(x, -8, 8)
double call_sqrt(double x) { return sqrt(x); }
#pragma nsc input(x, -8, 8)
float call_sqrtf(float x) { return sqrtf(x); }

#pragma nsc input(x, -8, 8)
double call_cbrt(double x) { return cbrt(x); }
#pragma nsc input(x, -8, 8)
float call_cbrtf(float x) { return cbrtf(x); }

#pragma nsc input(x, -8, 8)
double call_erf(double x) { return erf(x); }
#pragma nsc input(x, -8, 8)
float call_erff(float x) { return erff(x); }

#pragma nsc input(x, -8, 8)
double call_erfc(double x) { return erfc(x); }
#pragma nsc input(x, -8, 8)
float call_erfcf(float x) { return erfcf(x); }

#pragma nsc input(x, -8, 8)
double call_tgamma(double x) { return tgamma(x); }
#pragma nsc input(x, -8, 8)
float call_tgammaf(float x) { return tgammaf(x); }

#pragma nsc input(x, -8, 8)
double call_lgamma(double x) { return lgamma(x); }
#pragma nsc input(x, -8, 8)
float call_lgammaf(float x) { return lgammaf(x); }

#pragma nsc input(x, -8, 8)
double call_floor(double x) { return floor(x); }
#pragma nsc input(x, -8, 8)
float call_floorf(float x) { return floorf(x); }

#pragma nsc input(x, -8, 8)
double call_ceil(double x) { return ceil(x); }
#pragma nsc input(x, -8, 8)
float call_ceilf(float x) { return ceilf(x); }

#pragma nsc input(x, -8, 8)
double call_trunc(double x) { return trunc(x); }
#pragma nsc input(x, -8, 8)
float call_truncf(float x) { return truncf(x); }

#pragma nsc input(x, -8, 8)
double call_round(double x) { return round(x); }
#pragma nsc input(x, -8, 8)
float call_roundf(float x) { return roundf(x); }

#pragma nsc input(x, -8, 8)
double call_rint(double x) { return rint(x); }
#pragma nsc input(x, -8, 8)
float call_rintf(float x) { return rintf(x); }

#pragma nsc input(x, -8, 8)
double call_fabs(double x) { return fabs(x); }
#pragma nsc input(x, -8, 8)
float call_fabsf(float x) { return fabsf(x); }

#pragma nsc inputs(-8, 8)
double call_pow(double x, double y) { return pow(x, y); }
#pragma nsc inputs(-8, 8)
float call_powf(float x, float y) { return powf(x, y); }

#pragma nsc inputs(-8, 8)
double call_atan2(double x, double y) { return atan2(x, y); }
#pragma nsc inputs(-8, 8)
float call_atan2f(float x, float y) { return atan2f(x, y); }

#pragma nsc inputs(-8, 8)
double call_hypot(double x, double y) { return hypot(x, y); }
#pragma nsc inputs(-8, 8)
float call_hypotf(float x, float y) { return hypotf(x, y); }

#pragma nsc inputs(-8, 8)
double call_fmod(double x, double y) { return fmod(x, y); }
#pragma nsc inputs(-8, 8)
float call_fmodf(float x, float y) { return fmodf(x, y); }

#pragma nsc inputs(-8, 8)
double call_remainder(double x, double y) { return remainder(x, y); }
#pragma nsc inputs(-8, 8)
float call_remainderf(float x, float y) { return remainderf(x, y); }

#pragma nsc inputs(-8, 8)
double call_copysign(double x, double y) { return copysign(x, y); }
#pragma nsc inputs(-8, 8)
float call_copysignf(float x, float y) { return copysignf(x, y); }

#pragma nsc inputs(-8, 8)
double call_fdim(double x, double y) { return fdim(x, y); }
#pragma nsc inputs(-8, 8)
float call_fdimf(float x, float y) { return fdimf(x, y); }

#pragma nsc inputs(-8, 8)
double call_fmin(double x, double y) { return fmin(x, y); }
#pragma nsc inputs(-8, 8)
float call_fminf(float x, float y) { return fminf(x, y); }

#pragma nsc inputs(-8, 8)
double call_fmax(double x, double y) { return fmax(x, y); }
#pragma nsc inputs(-8, 8)
float call_fmaxf(float x, float y) { return fmaxf(x, y); }
