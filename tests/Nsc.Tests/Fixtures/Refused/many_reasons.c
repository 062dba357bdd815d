// All reasons at once, through helpers.
#include <stdio.h>
#include <stdlib.h>

static int calls;

static double noisy(double x)
{
    calls++;
    printf("%g\n", x);
    return x + rand();
}

static double through(double (*g)(double), double x)
{
    volatile double y = g(x);
    return y;
}

double f(double x, const double *p, long double q)
{
    double *copy = malloc(sizeof *copy);
    __asm__ volatile("" ::: "memory");
    *copy = through(noisy, x) + p[1] + (double)q;
    return *copy;
}
