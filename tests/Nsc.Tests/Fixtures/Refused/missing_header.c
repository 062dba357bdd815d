// A header that is not on this machine, and that the function needs.
#include "not_there.h"

double f(not_there_t x)
{
    return x[0];
}
