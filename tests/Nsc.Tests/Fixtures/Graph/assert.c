// A failed assertion ends the process: inputs that lead there are reported.
#include <assert.h>

#pragma nsc input(x, 0.5, 1)
double f(double x)
{
    assert(x > 0);
    return x * x;
}
