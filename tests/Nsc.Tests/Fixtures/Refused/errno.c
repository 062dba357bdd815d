// errno is a variable.
#include <errno.h>
#include <math.h>

double f(double x)
{
    double y = sqrt(x);
    return errno ? 0 : y;
}
