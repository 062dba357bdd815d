// What real settings are like: a measurement with noise, and inputs that are whole numbers.

#include <math.h>
#include <stdlib.h>

// A bowl whose readings are off by up to 0.2, in a way that nothing predicts: the fraction of a large number.
#pragma nsc input(x, -2, 4)
#pragma nsc input(y, -3, 3)
#pragma nsc input(z, -4, 2)
double noisy_bowl(double x, double y, double z)
{
    double mixed = sin(12.9898 * x + 78.233 * y + 37.719 * z) * 43758.5453;
    double noise = mixed - floor(mixed);
    return (x - 1) * (x - 1) + 0.5 * (y + 0.5) * (y + 0.5) + 0.25 * (z + 1) * (z + 1) + 0.2 * noise;
}

// Two whole numbers and two real ones; 0 at 4, 13, 0.4, -0.08.
#pragma nsc input(steps, -10, 10)
#pragma nsc input(gears, 0, 20)
#pragma nsc input(x, -5, 5)
#pragma nsc input(y, -5, 5)
double staircase(int steps, int gears, double x, double y)
{
    double off = x - 0.1 * steps, tilt = y + 0.2 * x;
    return 0.5 * (steps - 4) * (steps - 4) + abs(gears - 13) + 2 * off * off + tilt * tilt + 3 - 3 * cos(0.9 * (gears - 13));
}
