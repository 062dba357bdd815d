// bessel: a Bessel function of real order by its power series. This text is our own.
//
// Inputs   order
//          x
// Output   J_order(x)

#include <math.h>

#pragma nsc input(order, 0, 4)
#pragma nsc input(x, 0.1, 12)

double bessel(double order, double x)
{
    double term = exp(order * log(0.5 * x) - lgamma(order + 1.0));
    double square = -0.25 * x * x, sum = term;
    for (int k = 1; k < 60; k++)
    {
        term *= square / (k * (k + order));
        sum += term;
        if (fabs(term) < 1e-16)
            break;
    }

    return sum;
}
