// Two calls of itself, each of a smaller constant.
static double legendre(int n, double x)
{
    return n == 0 ? 1 : n == 1 ? x : ((2 * n - 1) * x * legendre(n - 1, x) - (n - 1) * legendre(n - 2, x)) / n;
}

double fifth(double x)
{
    return x > 0 ? legendre(5, x) : legendre(4, x);
}
