// A header that is not there.
#include "not_there.h"

int f(int x)
{
    return x;
}
