// pricing: a down-and-out call by Monte Carlo, 40,000 paths of 50 steps, under the local volatility of a mixture of eight lognormal densities (Brigo and
// Mercurio), which is computed at each step. Prints the price. This text is our own.

#include <math.h>
#include <stdio.h>

// The local volatility, a year's deviation: the components' variances, each with its density.
#pragma nsc input(k, -0.8, 0.8)
#pragma nsc input(years, 0.02, 1)
static double local_volatility(double k, double years)
{
    double sum = 0.0, densities = 0.0;
    for (int i = 0; i < 8; i++)
    {
        double early = 0.1 + 0.05 * i, late = 0.18 + 0.02 * i, weight = exp(-0.35 * i);
        double mean = late * late + (early * early - late * late) * (1.0 - exp(-3.0 * years)) / (3.0 * years);
        double now = late * late + (early * early - late * late) * exp(-3.0 * years);
        double variance = mean * years, from_middle = k + 0.5 * variance;
        double density = weight * exp(-0.5 * from_middle * from_middle / variance) / sqrt(variance);
        sum += now * density;
        densities += density;
    }

    return sqrt(sum / densities);
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
