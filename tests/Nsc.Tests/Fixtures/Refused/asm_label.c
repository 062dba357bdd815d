// A declaration that means another symbol.
double g(double x) __asm__("_start");

double f(double x)
{
    return g(x);
}
