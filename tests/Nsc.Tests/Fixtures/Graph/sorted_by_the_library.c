// qsort of a local array, by a function of the file.
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double trimmed(const double p[5])
{
    double v[5];

    for (int i = 0; i < 5; i++)
        v[i] = p[i];
    qsort(v, 5, sizeof *v, ascending);
    return (v[1] + v[2] + v[3]) / 3;
}
