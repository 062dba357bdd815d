// More inputs than fit.
double f(const double m[5][5])
{
    return m[0][0];
}
