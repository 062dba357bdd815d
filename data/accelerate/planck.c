// planck: the share of a black body's radiation between two wavelengths, by Simpson's rule. This text is our own.
//
// Inputs   temperature  kelvin
//          shorter      wavelength, micrometres
//          width        of the band, micrometres
// Output   the share of the radiation in the band

#include <math.h>

#define PIECES 64

static double radiance(double x)
{
    return x * x * x / (exp(x) - 1.0);
}

#pragma nsc input(temperature, 300, 6000)
#pragma nsc input(shorter, 0.4, 4)
#pragma nsc input(width, 0.1, 4)

double planck(double temperature, double shorter, double width)
{
    double high = 14387.77 / (shorter * temperature), low = 14387.77 / ((shorter + width) * temperature);
    double step = (high - low) / PIECES;
    double sum = radiance(low) + radiance(high);
    for (int i = 1; i < PIECES; i++)
        sum += (i % 2 ? 4.0 : 2.0) * radiance(low + i * step);
    return sum * step / 3.0 * 0.15398973382026506;
}
