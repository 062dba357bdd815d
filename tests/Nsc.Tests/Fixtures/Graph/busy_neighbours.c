// What else stands in the file does not matter: it does not even have to compile.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#pragma omp_unheard_of all

static jmp_buf nowhere;
static FILE *journal;

void report(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vfprintf(journal ? journal : stderr, format, list);
    va_end(list);
}

VendorHandle *open_device(const char *name) { return vendor_open(name); }

#pragma nsc
double f(double x)
{
    return x * x + 1;
}
