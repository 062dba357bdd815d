// A failed assertion ends the process.
#include <assert.h>

double f(double x)
{
    assert(x > 0);
    return x;
}
