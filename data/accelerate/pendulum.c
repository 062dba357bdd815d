// pendulum: where a driven and damped pendulum is after six seconds.
//
// 200 steps of the classical Runge-Kutta method. Unrolled, that is more than a dataflow graph may hold. This text is our own.
//
// Inputs   angle, velocity   at the start, radians and radians per second
//          damping           per second
//          drive, frequency  amplitude and angular frequency of the torque
// Output   the angle after six seconds

#include <math.h>

#define STEPS 200

struct state
{
    double angle, velocity;
};

static struct state rate(struct state at, double time, double damping, double drive, double frequency)
{
    struct state change = {at.velocity, drive * cos(frequency * time) - damping * at.velocity - sin(at.angle)};
    return change;
}

static struct state advanced(struct state at, struct state change, double time)
{
    struct state next = {at.angle + time * change.angle, at.velocity + time * change.velocity};
    return next;
}

#pragma nsc input(angle, -1, 1)
#pragma nsc input(velocity, -0.5, 0.5)
#pragma nsc input(damping, 0.1, 0.6)
#pragma nsc input(drive, 0, 0.5)
#pragma nsc input(frequency, 0.5, 1.5)

double pendulum(double angle, double velocity, double damping, double drive, double frequency)
{
    const double step = 6.0 / STEPS;
    struct state at = {angle, velocity};
    for (int i = 0; i < STEPS; i++)
    {
        double time = i * step;
        struct state a = rate(at, time, damping, drive, frequency);
        struct state b = rate(advanced(at, a, step / 2), time + step / 2, damping, drive, frequency);
        struct state c = rate(advanced(at, b, step / 2), time + step / 2, damping, drive, frequency);
        struct state d = rate(advanced(at, c, step), time + step, damping, drive, frequency);
        at.angle += step / 6 * (a.angle + 2 * b.angle + 2 * c.angle + d.angle);
        at.velocity += step / 6 * (a.velocity + 2 * b.velocity + 2 * c.velocity + d.velocity);
    }

    return at.angle;
}
