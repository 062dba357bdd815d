// A variable number of arguments.
#include <stdarg.h>

double f(int n, ...)
{
    va_list list;
    va_start(list, n);
    double x = va_arg(list, double);
    va_end(list);
    return x;
}
