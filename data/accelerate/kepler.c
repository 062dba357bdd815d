// kepler: the eccentric anomaly of an orbit, by Newton's method on Kepler's equation. This text is our own.
//
// Inputs   mean          anomaly, radians
//          eccentricity
// Output   the eccentric anomaly, radians

#include <math.h>

#pragma nsc input(mean, 0, 6.283185307179586)
#pragma nsc input(eccentricity, 0, 0.9)

double kepler(double mean, double eccentricity)
{
    double anomaly = mean + 0.85 * eccentricity * (mean < 3.14159265358979323846 ? 1.0 : -1.0);
    for (int i = 0; i < 20; i++)
    {
        double step = (anomaly - eccentricity * sin(anomaly) - mean) / (1.0 - eccentricity * cos(anomaly));
        anomaly -= step;
        if (fabs(step) < 1e-12)
            break;
    }

    return anomaly;
}
