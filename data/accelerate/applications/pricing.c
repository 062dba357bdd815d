// pricing: a down-and-out call by Monte Carlo, 40,000 paths of 50 steps, under a local volatility that is found from a surface of implied volatilities by
// Dupire's formula at each step. Prints the price. This text is our own.

#include <math.h>
#include <stdio.h>

// Implied total variance of Gatheral and Jacquier's surface.
static double variance(double k, double years)
{
    double at_money = 0.04 * years + 0.02 * (1.0 - exp(-2.0 * years)), phi = 1.1 / (sqrt(at_money) * (1.0 + sqrt(at_money))), rho = -0.4;
    return 0.5 * at_money * (1.0 + rho * phi * k + sqrt((phi * k + rho) * (phi * k + rho) + 1.0 - rho * rho));
}

// The local volatility, a year's deviation.
#pragma nsc input(k, -0.8, 0.8)
#pragma nsc input(years, 0.02, 1)
static double local_volatility(double k, double years)
{
    const double dk = 1e-3, dt = 1e-3;
    double w = variance(k, years), up = variance(k + dk, years), down = variance(k - dk, years), later = variance(k, years + dt), before = variance(k, years - dt);
    double wk = (up - down) / (2.0 * dk), wkk = (up - 2.0 * w + down) / (dk * dk), wt = (later - before) / (2.0 * dt);
    double g = (1.0 - 0.5 * k * wk / w) * (1.0 - 0.5 * k * wk / w) - 0.25 * wk * wk * (1.0 / w + 0.25) + 0.5 * wkk;
    return sqrt(wt / g);
}

static unsigned long long state = 88172645463325252ull;

static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

int main(void)
{
    const int paths = 40000, steps = 50;
    const double strike = 1.0, barrier = 0.75, step = 1.0 / 50;
    double sum = 0.0;
    for (int path = 0; path < paths; path++)
    {
        double k = 0.0;
        int alive = 1;
        for (int i = 0; i < steps && alive; i++)
        {
            double normal = sqrt(-2.0 * log(uniform())) * cos(6.283185307179586 * uniform());
            double volatility = local_volatility(k, (i + 1) * step);
            k += volatility * sqrt(step) * normal - 0.5 * volatility * volatility * step;
            alive = exp(k) > barrier;
        }

        sum += alive && exp(k) > strike ? exp(k) - strike : 0.0;
    }

    printf("%.12f\n", sum / paths);
    return 0;
}
