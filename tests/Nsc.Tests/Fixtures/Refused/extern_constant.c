// A constant that another file defines.
extern const double gravity;

double f(double x)
{
    return x * gravity;
}
