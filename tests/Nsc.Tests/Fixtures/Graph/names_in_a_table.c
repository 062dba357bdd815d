// A table that is searched by name.
#include <string.h>

static const struct
{
    const char *name;
    double metres;
} units[] = {{"m", 1}, {"ft", 0.3048}, {"mile", 1609.344}, {"nm", 1852}};

#pragma nsc input(unit, 0, 2)
double metres(double x, int unit)
{
    const char *wanted = unit == 0 ? "m" : unit == 1 ? "nm" : "fathom";
    for (int i = 0; i < 4; i++)
        if (strcmp(units[i].name, wanted) == 0)
            return x * units[i].metres + strlen(wanted);
    return strncmp(wanted, "fat", 3) == 0 && memcmp(wanted, "fa", 2) == 0 ? x * 1.8288 : -1;
}
