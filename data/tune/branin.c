// Branin and Hoo's function, of two inputs: three equal minima of 0.397887.

#include <math.h>

#pragma nsc input(x, -5, 10)
#pragma nsc input(y, 0, 15)
double branin(double x, double y)
{
    const double pi = 3.14159265358979323846;
    double bent = y - 5.1 / (4 * pi * pi) * x * x + 5 / pi * x - 6;
    return bent * bent + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10;
}
