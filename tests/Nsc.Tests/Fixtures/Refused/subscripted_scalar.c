// One output, used as many.
void f(double x, double *y)
{
    y[0] = x;
    y[1] = x * x;
    *(y + 2) = x * x * x;
}
