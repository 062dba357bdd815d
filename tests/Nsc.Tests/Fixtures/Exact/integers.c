// Integers wrap around, shift and divide as in C.

#include <math.h>
#include <stdlib.h>

unsigned case_wrap(unsigned x, unsigned y) { return x * 2654435761u + y; }

#pragma nsc input(x, 0, 255)
unsigned char case_wrap8(unsigned char x) { return x * 3 + 200; }

#pragma nsc input(x, -32768, 32767)
short case_wrap16(short x) { return (short)(x * 5) >> 2; }

#pragma nsc input(x, -1000000, 1000000)
#pragma nsc input(n, 0, 31)
int case_shift(int x, int n) { return (x >> n) + (int)((unsigned)x << n) + (int)((unsigned)x >> n); }

#pragma nsc input(x, 0, 4294967295)
#pragma nsc input(n, 0, 31)
unsigned case_rot(unsigned x, unsigned n) { return (x << n) | (x >> (32 - n & 31)); }

#pragma nsc input(x, 0, 9e15)
unsigned long case_rot64(unsigned long x) { return ((x << 13) | (x >> 51)) % 1000003; }

#pragma nsc input(x, -1000, 1000)
#pragma nsc input(y, -10, 10)
int case_idiv(int x, int y) { return x / y + x % y; }

#pragma nsc input(x, 0, 4e9)
#pragma nsc input(y, 0, 100)
unsigned case_udiv(unsigned x, unsigned y) { return x / y + x % y; }

#pragma nsc input(x, 0, 4294967295)
int case_popcount(unsigned x) { return __builtin_popcount(x) + __builtin_clz(x | 1) + __builtin_ctz(x | 16); }

#pragma nsc input(x, -1000, 1000)
int case_abs_i(int x) { return abs(x) - (x < 0 ? -x : x) + (x > 3 ? x : 3); }

#pragma nsc input(a, -100, 100)
#pragma nsc input(b, -100, 100)
int case_min_int(int a, int b) { return (a < b ? a : b) * 3 - (a > b ? a : b); }
