// A range in the wrong place.
double f(double x)
{
#pragma nsc input(x, 0, 1)
    return x;
}
