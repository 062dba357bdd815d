// All reasons at once, through helpers.
#include <stdio.h>
#include <stdlib.h>

static int calls;

static double noisy(double x)
{
    calls++;
    printf("%g\n", x);
    srand(3);
    system("true");
    setenv("x", getenv("y"), 1);
    fclose(fopen("z", "r"));
    x += *(double *)realloc(0, 8);
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
    __asm__ volatile("wrmsr" ::: "memory");
    *copy = through(noisy, x) + p[1] + (double)q;
    return *copy;
}
