// tariff: a monthly bill by a table of blocks, a minimum and a surcharge: branches and jumps. This text is our own.
//
// Inputs   energy  kilowatt hours
//          peak    power, kilowatt
//          share   of the energy by day
// Output   the bill

#include <math.h>

static const double limits[6] = {50, 120, 300, 700, 1500, 1e9};
static const double prices[6] = {0.11, 0.16, 0.21, 0.25, 0.29, 0.34};

#pragma nsc input(energy, 0, 2000)
#pragma nsc input(peak, 0, 20)
#pragma nsc input(share, 0, 1)

double tariff(double energy, double peak, double share)
{
    double bill = 0.0, from = 0.0;
    for (int i = 0; i < 6 && energy > from; i++)
    {
        double to = energy < limits[i] ? energy : limits[i];
        bill += prices[i] * (to - from);
        from = limits[i];
    }

    bill *= 0.8 + 0.4 * share;
    if (peak > 9.0)
        bill += 6.5 * (peak - 9.0);
    bill += share > 0.6 ? 0.03 * pow(energy, 1.1) : 0.0;
    return bill < 12.0 ? 12.0 : bill;
}
