// A function as a value.
static double g(double x)
{
    return x * x;
}

double f(double x)
{
    double (*h)(double) = g;
    return h(x);
}
