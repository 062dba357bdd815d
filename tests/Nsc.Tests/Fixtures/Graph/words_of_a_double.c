// The halves of a double are written on one path and the whole on another, as in fdlibm.
#define HIGH(x) *(1 + (int *)&x)
#define LOW(x) *(int *)&x

#pragma nsc input(x, -50, 50)
double nearly_cube_root(double x)
{
    double t = 0.0;
    int high = HIGH(x), sign = high & (int)0x80000000;
    high ^= sign;
    if ((high | LOW(x)) == 0)
        return x + x;
    HIGH(x) = high;
    if (high < 0x3ff00000)
    {
        HIGH(t) = 0x43500000;
        t *= x;
        HIGH(t) = HIGH(t) / 3 + 696219795;
    }
    else
        HIGH(t) = high / 3 + 715094163;
    LOW(t) = 0;
    t += (x / (t * t) - t) / 3;
    HIGH(t) |= sign;
    return t;
}
