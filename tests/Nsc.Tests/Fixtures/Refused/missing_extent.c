// How many elements?
double f(const double *p, double q[])
{
    q[0] = p[0];
    return p[1];
}
