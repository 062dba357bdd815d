// More inputs than fit.
double f(const double m[12][12])
{
    return m[0][0];
}
