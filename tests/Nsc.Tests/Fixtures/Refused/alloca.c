// Memory of variable size on the stack.
#include <alloca.h>

int f(int n)
{
    int *a = alloca(n * sizeof *a);
    a[0] = n;
    return a[0];
}
