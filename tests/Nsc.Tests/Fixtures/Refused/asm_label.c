// A declaration that means another symbol.
double f(double x) __asm__("_start");

double f(double x)
{
    return x;
}
