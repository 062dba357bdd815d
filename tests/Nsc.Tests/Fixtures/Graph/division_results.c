// Quotient and remainder at once, as the C library gives them in a structure.
#include <stdlib.h>

#pragma nsc input(seconds, -100000, 100000)
#pragma nsc input(step, 1, 1000)
long clock_face(int seconds, long step)
{
    div_t hours = div(seconds, 3600), minutes = div(hours.rem, 60);
    ldiv_t coarse = ldiv(seconds, step);
    lldiv_t fine = lldiv(coarse.rem, 7LL);
    return hours.quot * 10000L + minutes.quot * 100 + minutes.rem + coarse.quot * 3 + fine.quot - fine.rem;
}
