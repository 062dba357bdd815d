// Functions of libm with a second result behind a pointer.
#define _GNU_SOURCE
#include <math.h>

double fraction(double x)
{
    int exponent;
    double part = frexp(x, &exponent);
    return part + 2 * exponent;
}

float fraction_of_float(float x)
{
    int exponent;
    float part = frexpf(x, &exponent);
    return part + 2 * (float)exponent;
}

double whole(double x)
{
    double whole_part, rest = modf(x, &whole_part);
    return rest - whole_part;
}

double both(double x)
{
    double s, c;
    sincos(x, &s, &c);
    return s + 3 * c;
}

double quotient(double x)
{
    int low;
    double rest = remquo(x, 0.7, &low);
    return rest + low;
}

double sign_of_gamma(double x)
{
    int sign;
    double size = lgamma_r(x, &sign);
    return size * sign;
}
