// More outputs than fit.
void f(double x, double y[100])
{
    for (int i = 0; i < 100; i++)
        y[i] = x * i;
}
