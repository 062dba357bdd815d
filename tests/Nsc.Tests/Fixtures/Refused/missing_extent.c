// How many elements?
double f(const double *p, double q[], int n)
{
    q[n] = p[n];
    return p[1];
}
