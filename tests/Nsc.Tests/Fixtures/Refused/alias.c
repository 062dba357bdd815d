// A name for other code.
double g(double x)
{
    return -x;
}

double h(double x) __attribute__((alias("g")));

#pragma nsc
double f(double x)
{
    return h(x);
}
