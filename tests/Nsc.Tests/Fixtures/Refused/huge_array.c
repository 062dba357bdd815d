// An array that nobody should spell out.
double f(const double m[1000][1000][1000])
{
    return m[0][0][0];
}
