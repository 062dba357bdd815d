// blackscholes: the price of a European option.
//
// Origin: one of the approximable kernels of AxBench (Yazdanbakhsh et al., 2016), there taken from the PARSEC suite. The
// formula is Black and Scholes (1973); the normal distribution is the five-term polynomial 26.2.17 of Abramowitz and
// Stegun (1964). This text is our own.
//
// Inputs   spot         the share's price today, 10 to 100
//          strike       the price in the contract, 10 to 100
//          rate         the riskless interest rate per year, 0.01 to 0.1
//          volatility   the standard deviation of the yearly return, 0.05 to 0.65
//          years        until the contract ends, 0.1 to 1
//          is_put       0 for a call, 1 for a put
// Output   the price of the option, in the units of the share's price

#include <math.h>

// The cumulative distribution function of the normal distribution, to about 1e-7.
static float normal_cdf(float x)
{
    const float inverse_sqrt_two_pi = 0.39894228f;
    float distance = fabsf(x);
    float k = 1.0f / (1.0f + 0.2316419f * distance);
    float polynomial = k * (0.319381530f + k * (-0.356563782f + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
    float tail = inverse_sqrt_two_pi * expf(-0.5f * x * x) * polynomial;
    return x < 0.0f ? tail : 1.0f - tail;
}

#pragma nsc input(spot, 10, 100)
#pragma nsc input(strike, 10, 100)
#pragma nsc input(rate, 0.01, 0.1)
#pragma nsc input(volatility, 0.05, 0.65)
#pragma nsc input(years, 0.1, 1)
#pragma nsc input(is_put, 0, 1)

float blackscholes(float spot, float strike, float rate, float volatility, float years, int is_put)
{
    float spread = volatility * sqrtf(years);
    float d1 = (logf(spot / strike) + (rate + 0.5f * volatility * volatility) * years) / spread;
    float d2 = d1 - spread;
    float discounted = strike * expf(-rate * years);
    if (is_put)
    {
        return discounted * normal_cdf(-d2) - spot * normal_cdf(-d1);
    }

    return spot * normal_cdf(d1) - discounted * normal_cdf(d2);
}
