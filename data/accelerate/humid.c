// humid: the wet-bulb temperature by bisection on the psychrometric equation. This text is our own.
//
// Inputs   air       temperature, degrees Celsius
//          humidity  relative, per cent
//          pressure  hectopascal
// Output   the wet-bulb temperature, degrees Celsius

#include <math.h>

static double saturation(double celsius)
{
    return 6.1094 * exp(17.625 * celsius / (celsius + 243.04));
}

#pragma nsc input(air, -5, 45)
#pragma nsc input(humidity, 5, 100)
#pragma nsc input(pressure, 700, 1050)

double humid(double air, double humidity, double pressure)
{
    double vapour = humidity / 100.0 * saturation(air), low = air - 40.0, high = air;
    for (int i = 0; i < 40; i++)
    {
        double middle = 0.5 * (low + high);
        double gives = saturation(middle) - 0.000665 * pressure * (air - middle);
        if (gives > vapour)
            high = middle;
        else
            low = middle;
    }

    return 0.5 * (low + high);
}
