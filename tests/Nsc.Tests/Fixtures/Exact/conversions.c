// Conversions that lose something, and those that do not.

#include <math.h>

#pragma nsc input(x, 0, 1000000000)
int case_float_int(int x) { return x - (int)(float)x; }

#pragma nsc input(x, 0, 1000000000)
float case_float_int_out(int x) { return x; }

#pragma nsc input(x, -9e15, 9e15)
float case_long_float(long x) { return x; }

#pragma nsc input(x, 0, 9e15)
float case_ulong_float(unsigned long x) { return x; }

#pragma nsc input(x, 0, 9e15)
double case_ulong_double(unsigned long x) { return (double)(x >> 1) + (double)(x / 3); }

#pragma nsc input(x, -2147483648, 2147483647)
int case_cast_edges(double x) { return (int)x; }

#pragma nsc input(x, 0, 4294967295)
unsigned case_cast_u(double x) { return (unsigned)x; }

#pragma nsc input(x, 0, 9e15)
double case_cast_u64(double x) { return (double)((unsigned long)x / 7); }

#pragma nsc input(x, -128, 127)
signed char case_cast_c(double x) { return (signed char)x; }

#pragma nsc input(x, -2147483648, 2147483647)
long case_int2f2int(int x) { return (long)((double)x * 1.0) + (long)(float)(x & 0xffff); }

#pragma nsc input(x, 0, 4294967295)
unsigned case_u2f(unsigned x) { return (unsigned)(double)x - (unsigned)(float)(x >> 9); }

int case_bool_i(_Bool b, _Bool c) { return -(b & c) + (b ^ c) * 2 + !b; }

#pragma nsc input(n, 0, 5)
double case_switch(int n, double x) {
    switch (n) {
    case 0: return x;
    case 1: return -x;
    case 3: return x * x;
    default: return 1 / x;
    }
}

#pragma nsc input(i, 0, 4)
double case_table(int i, double x) { static const double t[5] = {0.1, -0.0, 1e300, 3, -4}; return t[i] * x; }
