// Chance and time.
#include <stdlib.h>
#include <time.h>

double f(double x)
{
    return x + rand() + (double)time(0);
}
