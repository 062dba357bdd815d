// A constant table of functions that an input selects from, and a callback.
static double square(double x) { return x * x; }
static double half(double x) { return x / 2; }
static double both(double (*g)(double), double x) { return g(x) + g(x + 1); }
static double (*const table[])(double) = { square, half, square };

#pragma nsc input(which, 0, 2)
double f(int which, double x)
{
    return both(table[which], x) + both(half, x);
}
