// orbit: follows three satellites in low orbits for four days, by the classical Runge-Kutta method with the Earth's flattening and the drag of the
// atmosphere, whose density is integrated over the heights below at each step. Prints where they are. This text is our own.

#include <math.h>
#include <stdio.h>

struct state
{
    double r[3], v[3];
};

// The logarithm of the density, kilograms a cubic metre, by hydrostatic equilibrium from 120 km up; the temperature rises to that of the exosphere.
#pragma nsc input(height, 180, 520)
#pragma nsc input(exosphere, 700, 1300)
static double log_density(double height, double exosphere)
{
    const int steps = 60;
    double log_pressure = log(2.5e-3), temperature = 380.0, mass = 26.0, step = (height - 120.0) / steps;
    for (int i = 0; i < steps; i++)
    {
        double h = 120.0 + (i + 0.5) * step;
        double gravity = 9.80665 / ((1.0 + h / 6371.0) * (1.0 + h / 6371.0));
        temperature = exosphere - (exosphere - 380.0) * exp(-0.022 * (h - 120.0));
        mass = 14.0 + 12.0 * exp(-(h - 120.0) / 110.0);
        log_pressure -= step * 1000.0 * mass * 1e-3 * gravity / (8.314 * temperature);
    }

    return log_pressure + log(mass * 1e-3 / (8.314 * temperature));
}

static struct state rate(struct state s, double exosphere)
{
    const double mu = 398600.4418, radius = 6378.137, j2 = 1.08263e-3, area_to_mass = 0.01;
    double square = s.r[0] * s.r[0] + s.r[1] * s.r[1] + s.r[2] * s.r[2], distance = sqrt(square), z = s.r[2] * s.r[2] / square;
    double pull = -mu / (square * distance), flat = 1.5 * j2 * radius * radius / square;
    double speed = sqrt(s.v[0] * s.v[0] + s.v[1] * s.v[1] + s.v[2] * s.v[2]);
    double drag = -0.5 * 2.2 * area_to_mass * exp(log_density(distance - 6371.0, exosphere)) * speed * 1000.0;
    struct state change;
    for (int i = 0; i < 3; i++)
    {
        change.r[i] = s.v[i];
        change.v[i] = pull * s.r[i] * (1.0 - flat * (5.0 * z - (i == 2 ? 3.0 : 1.0))) + drag * s.v[i];
    }

    return change;
}

static struct state moved(struct state s, struct state change, double time)
{
    for (int i = 0; i < 3; i++)
    {
        s.r[i] += time * change.r[i];
        s.v[i] += time * change.v[i];
    }

    return s;
}

int main(void)
{
    const double step = 20.0;
    for (int satellite = 0; satellite < 3; satellite++)
    {
        double radius = 6371.0 + 300.0 + 60.0 * satellite, speed = sqrt(398600.4418 / radius), tilt = 0.9 + 0.2 * satellite;
        struct state s = {{radius, 0.0, 0.0}, {0.0, speed * cos(tilt), speed * sin(tilt)}};
        for (int i = 0; i < 4 * 86400 / 20; i++)
        {
            double exosphere = 1000.0 + 200.0 * sin(i * step / 86400.0);
            struct state a = rate(s, exosphere), b = rate(moved(s, a, step / 2), exosphere), c = rate(moved(s, b, step / 2), exosphere), d = rate(moved(s, c, step), exosphere);
            for (int k = 0; k < 3; k++)
            {
                s.r[k] += step / 6.0 * (a.r[k] + 2.0 * b.r[k] + 2.0 * c.r[k] + d.r[k]);
                s.v[k] += step / 6.0 * (a.v[k] + 2.0 * b.v[k] + 2.0 * c.v[k] + d.v[k]);
            }
        }

        printf("%.9f\n%.9f\n%.9f\n", s.r[0], s.r[1], s.r[2]);
    }

    return 0;
}
