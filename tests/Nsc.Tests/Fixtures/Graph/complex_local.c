// Complex numbers.
double f(double x)
{
    double _Complex z = x;
    return __real__ z;
}
