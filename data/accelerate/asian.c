// asian: an Asian option's price over 400 fixed random paths of 16 steps; the paths are drawn anew by the same generator at each call. This text is our own.
//
// Inputs   moneyness   spot over strike
//          rate        of interest, a year
//          volatility  a year's deviation
// Output   the price in parts of the strike

#include <math.h>

#define PATHS 400
#define STEPS 16

#pragma nsc input(moneyness, 0.8, 1.2)
#pragma nsc input(rate, 0, 0.08)
#pragma nsc input(volatility, 0.1, 0.5)

double asian(double moneyness, double rate, double volatility)
{
    unsigned long long state = 88172645463325252ull;
    double step = 1.0 / STEPS, drift = (rate - 0.5 * volatility * volatility) * step, spread = volatility * sqrt(step), sum = 0.0;
    for (int path = 0; path < PATHS; path++)
    {
        double price = moneyness, mean = 0.0;
        for (int i = 0; i < STEPS; i++)
        {
            double normal = -6.0;
            for (int k = 0; k < 12; k++)
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                normal += (double)(state >> 11) * 0x1p-53;
            }

            price *= exp(drift + spread * normal);
            mean += price / STEPS;
        }

        sum += mean > 1.0 ? mean - 1.0 : 0.0;
    }

    return exp(-rate) * sum / PATHS;
}
