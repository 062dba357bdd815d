// Clang's own errors.
double f(double x)
{
    double y = x +;
    return z;
}
