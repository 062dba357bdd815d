// reactor: the yield of a series of reactions in a stirred tank, by 400 steps of Heun's method; 8 inputs. This text is our own.
//
// Inputs   feed                     concentration, mol a litre
//          temperature              kelvin
//          factor1, energy1         of A -> B: logarithm of the frequency factor, activation energy in kilojoule a mol
//          factor2, energy2         of B -> C
//          residence                of the tank, minutes
//          cooling                  kelvin lost for each mol that reacts
// Output   the concentration of B after 20 minutes

#include <math.h>

#define STEPS 400

#pragma nsc input(feed, 0.5, 2)
#pragma nsc input(temperature, 320, 380)
#pragma nsc input(factor1, 15, 17)
#pragma nsc input(energy1, 45, 50)
#pragma nsc input(factor2, 17, 19)
#pragma nsc input(energy2, 55, 62)
#pragma nsc input(residence, 5, 20)
#pragma nsc input(cooling, 0, 10)

double reactor(double feed, double temperature, double factor1, double energy1, double factor2, double energy2, double residence, double cooling)
{
    const double step = 20.0 / STEPS;
    double a = 0.0, b = 0.0;
    for (int i = 0; i < STEPS; i++)
    {
        double heat = temperature - cooling * b;
        double k1 = exp(factor1 - energy1 / (0.008314 * heat)), k2 = exp(factor2 - energy2 / (0.008314 * heat));
        double da = (feed - a) / residence - k1 * a, db = -b / residence + k1 * a - k2 * b;
        double a1 = a + step * da, b1 = b + step * db;
        double da1 = (feed - a1) / residence - k1 * a1, db1 = -b1 / residence + k1 * a1 - k2 * b1;
        a += 0.5 * step * (da + da1);
        b += 0.5 * step * (db + db1);
    }

    return b;
}
