#include <math.h>
#include "oven/oven.h"

static const double boltzmann = 5.67e-8, zero = 273.15;

double surface_loss(double hot, double cold, double area)
{
    double convection = 7.0 * pow(fabs(hot - cold) + 1.0, 0.25) * (hot - cold);
    double radiation = 0.8 * boltzmann * (pow(hot + zero, 4) - pow(cold + zero, 4));
    return area * (convection + radiation);
}
