// american: an American put option, by the binomial tree of Cox, Ross and Rubinstein with 64 steps. This text is our own.
//
// Inputs   spot, strike  prices
//          rate          of interest, a year
//          volatility    a year's deviation
//          years         to maturity
// Output   the option's price

#include <math.h>

#define STEPS 64

#pragma nsc input(spot, 60, 140)
#pragma nsc input(strike, 80, 120)
#pragma nsc input(rate, 0, 0.08)
#pragma nsc input(volatility, 0.1, 0.5)
#pragma nsc input(years, 0.1, 2)

double american(double spot, double strike, double rate, double volatility, double years)
{
    double value[STEPS + 1];
    double step = years / STEPS, up = exp(volatility * sqrt(step)), discount = exp(-rate * step);
    double rise = (1.0 / discount - 1.0 / up) / (up - 1.0 / up);
    double price = spot * pow(up, -STEPS);
    for (int i = 0; i <= STEPS; i++, price *= up * up)
        value[i] = strike > price ? strike - price : 0.0;
    for (int n = STEPS - 1; n >= 0; n--)
    {
        price = spot * pow(up, -n);
        for (int i = 0; i <= n; i++, price *= up * up)
        {
            double held = discount * (rise * value[i + 1] + (1.0 - rise) * value[i]);
            value[i] = strike - price > held ? strike - price : held;
        }
    }

    return value[0];
}
