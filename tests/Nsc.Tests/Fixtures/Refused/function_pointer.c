// A function as a parameter.
double f(double (*g)(double), double x)
{
    return g(x);
}
