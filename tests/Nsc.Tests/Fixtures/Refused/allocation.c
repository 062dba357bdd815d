// The heap.
#include <stdlib.h>

double f(double x)
{
    double *p = malloc(8);
    *p = x;
    double y = *p;
    free(p);
    return y;
}
