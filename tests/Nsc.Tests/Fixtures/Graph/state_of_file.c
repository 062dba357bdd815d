// Variables of the file, read and written, one of them by another function only.
static double level = 1, rate = 0.5;

void set_rate(double r)
{
    rate = r;
}

#pragma nsc
double f(double x)
{
    level += rate * (x - level);
    return level * 2;
}
