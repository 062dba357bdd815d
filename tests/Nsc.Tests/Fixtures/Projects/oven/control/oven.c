#include "oven/oven.h"

#ifndef OVEN_STEPS
#error "how many steps a second has is said by the project"
#endif

static double limited(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

void oven_step(struct oven *oven, double power, double door)
{
    const double dt = 1.0 / OVEN_STEPS;

    for (int i = 0; i < OVEN_STEPS; i++) {
        double to_air = surface_loss(oven->plate, oven->air, 0.12);
        double to_room = surface_loss(oven->air, 20.0, 0.3) * 0.4 + 40.0 * door * (oven->air - 20.0) / 20.0;
        oven->plate = limited(oven->plate + dt * (power - to_air) / 60.0, 0.0, 600.0);
        oven->air = limited(oven->air + dt * (to_air - to_room) / 25.0, 0.0, 400.0);
    }
}
