// tariff: a year's electricity bill by a table of blocks, a minimum and surcharges: branches and jumps. This text is our own.
//
// Inputs   energy  kilowatt hours in the mean month
//          peak    power, kilowatt
//          share   of the energy by day
// Output   the bill of the year

#include <math.h>

static const double limits[6] = {50, 120, 300, 700, 1500, 1e9};
static const double prices[6] = {0.11, 0.16, 0.21, 0.25, 0.29, 0.34};
static const double season[12] = {1.5, 1.4, 1.2, 1.0, 0.8, 0.7, 0.6, 0.6, 0.8, 1.0, 1.1, 1.3};

#pragma nsc input(energy, 0, 1500)
#pragma nsc input(peak, 0, 20)
#pragma nsc input(share, 0, 1)

double tariff(double energy, double peak, double share)
{
    double year = 0.0;
    for (int month = 0; month < 12; month++)
    {
        double used = energy * season[month], bill = 0.0, from = 0.0;
        for (int i = 0; i < 6 && used > from; i++)
        {
            double to = used < limits[i] ? used : limits[i];
            bill += prices[i] * (to - from);
            from = limits[i];
        }

        bill *= 0.8 + 0.4 * share;
        if (peak * season[month] > 9.0)
            bill += 6.5 * (peak * season[month] - 9.0);
        if (share > 0.6)
            bill += 15.0 + 0.03 * used;
        year += bill < 12.0 ? 12.0 : bill;
    }

    return year;
}
