// More outputs than fit.
void f(double x, double y[200])
{
    for (int i = 0; i < 200; i++)
        y[i] = x * i;
}
