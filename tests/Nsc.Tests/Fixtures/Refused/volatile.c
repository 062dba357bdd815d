// A volatile local, through a typedef.
typedef volatile double sensor;

double f(double x)
{
    sensor s = x;
    return s;
}
