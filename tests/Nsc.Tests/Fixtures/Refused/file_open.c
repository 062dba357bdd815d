// Files.
#include <stdio.h>

double f(double x)
{
    FILE *file = fopen("/etc/passwd", "r");
    return x + (file != 0);
}
