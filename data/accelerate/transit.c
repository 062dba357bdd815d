// transit: how much of a star's light is left while a planet passes, with quadratic limb darkening.
//
// The star's disc is summed over rings and angles; no closed form is used. This text is our own.
//
// Inputs   distance  between the centres of planet and star, star's radii
//          ratio     of the planet's radius to the star's
//          u1, u2    limb darkening
// Output   the share of the light that is left

#include <math.h>

#define RINGS 40

#pragma nsc input(distance, 0, 1.2)
#pragma nsc input(ratio, 0.02, 0.2)
#pragma nsc input(u1, 0.1, 0.6)
#pragma nsc input(u2, 0, 0.4)

double transit(double distance, double ratio, double u1, double u2)
{
    double light = 0.0, hidden = 0.0;
    for (int i = 0; i < RINGS; i++)
    {
        double r = (i + 0.5) / RINGS;
        double mu = sqrt(1.0 - r * r);
        double bright = 1.0 - u1 * (1.0 - mu) - u2 * (1.0 - mu) * (1.0 - mu);
        double covered;
        if (r + distance <= ratio)
            covered = 1.0;
        else if (fabs(r - distance) >= ratio)
            covered = 0.0;
        else
            covered = acos((r * r + distance * distance - ratio * ratio) / (2.0 * r * distance)) / 3.14159265358979323846;
        light += r * bright;
        hidden += r * bright * covered;
    }

    return 1.0 - hidden / light;
}
