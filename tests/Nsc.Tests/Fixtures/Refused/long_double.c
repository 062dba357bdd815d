// Wider than double.
long double f(long double x)
{
    return x * 2.0L;
}
