// 16.16 fixed-point multiplication and division.
typedef int fixed;
static fixed mul(fixed a, fixed b) { return (fixed)(((long long)a * b) >> 16); }
#pragma nsc input(x, -2, 2)
#pragma nsc input(y, -2, 2)
double fixed_product(double x, double y) {
    fixed a = (fixed)(x * 65536), b = (fixed)(y * 65536);
    return mul(a, b) / 65536.0;
}
