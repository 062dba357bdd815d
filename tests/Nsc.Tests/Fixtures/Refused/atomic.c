// An atomic local.
#include <stdatomic.h>

int f(int x)
{
    atomic_int y = x;
    return y;
}
