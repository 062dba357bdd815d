// One output, used as many, and data say which.
void f(double x, int n, double *y)
{
    y[0] = x;
    y[n] = x * x;
    *(y + 2) = x * x * x;
}
