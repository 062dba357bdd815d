// Memory that outlives the function that allocates it.
#include <stdlib.h>

static double *twice(double x)
{
    double *p = malloc(2 * sizeof *p);
    p[0] = p[1] = x;
    return p;
}

double f(double x)
{
    double *p = twice(x);
    double y = p[0] + p[1];
    free(p);
    return y;
}
