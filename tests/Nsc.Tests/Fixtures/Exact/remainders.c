// Remainders and roundings to whole numbers.

#include <math.h>

#pragma nsc input(x, -1000, 1000)
#pragma nsc input(y, -7, 7)
double case_remainder(double x, double y) { return remainder(x, y); }

#pragma nsc input(x, -1000, 1000)
#pragma nsc input(y, -7, 7)
float case_remainderf(float x, float y) { return remainderf(x, y); }

#pragma nsc input(x, -1000, 1000)
#pragma nsc input(y, -7, 7)
double case_fmod(double x, double y) { return fmod(x, y); }

float case_fmodf(float x, float y) { return fmodf(x, y); }

#pragma nsc input(x, -10, 10)
double case_rint(double x) { return rint(x) + 10 * nearbyint(x * 0.5); }

double case_rint1(double x) { return rint(x); }

double case_round1(double x) { return round(x); }

float case_roundf1(float x) { return roundf(x) + truncf(x) - floorf(x) * ceilf(x); }

#pragma nsc input(x, -1e6, 1e6)
long case_lround(double x) { return lround(x); }

#pragma nsc input(x, -1e6, 1e6)
long case_lroundf(float x) { return lroundf(x) - lrintf(x); }

#pragma nsc input(x, -1e6, 1e6)
long case_lrint(double x) { return lrint(x) + llround(x * 3); }
