// Memory that a function allocates for itself.
#include <stdlib.h>
#include <string.h>
#pragma nsc extent(v, 3)
#pragma nsc fix(n, 3)
double middle(const double *v, int n)
{
    double *copy = malloc(n * sizeof *copy), *sums, result;
    int i, j;

    if (!copy)
        return -1;
    memcpy(copy, v, n * sizeof *copy);
    sums = (double *)calloc((size_t)n, sizeof *sums);
    for (i = 1; i < n; i++) {
        double t = copy[i];
        for (j = i; j && copy[j - 1] > t; j--)
            copy[j] = copy[j - 1];
        copy[j] = t;
    }
    for (i = 0; i < n; i++)
        sums[i] += copy[i] * i;
    result = copy[n / 2] + sums[n - 1];
    free(copy);
    free(sums);
    return result;
}
