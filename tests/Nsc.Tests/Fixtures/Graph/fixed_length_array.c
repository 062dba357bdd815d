// An array whose length is a parameter with one value.
#pragma nsc extent(p, 4)
#pragma nsc fix(n, 4)
double f(const double *p, int n)
{
    double w[n], s = 0;
    for (int i = 0; i < n; i++)
        w[i] = p[i] * (i + 1);
    for (int i = n - 1; i >= 0; i--)
        s = s / 2 + w[i];
    return s;
}
