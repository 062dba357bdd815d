// neuron: the membrane's voltage of a Hodgkin-Huxley neuron after 6 ms of a current, by 600 steps. This text is our own.
//
// Inputs   current  microampere a square centimetre
//          sodium, potassium, leak  conductances, millisiemens a square centimetre
// Output   the voltage at the end, millivolt

#include <math.h>

#define STEPS 600

static double linear(double x)
{
    return fabs(x) < 1e-6 ? 1.0 - 0.5 * x : x / (exp(x) - 1.0);
}

#pragma nsc input(current, 0, 5)
#pragma nsc input(sodium, 100, 140)
#pragma nsc input(potassium, 30, 42)
#pragma nsc input(leak, 0.2, 0.4)

double neuron(double current, double sodium, double potassium, double leak)
{
    const double step = 0.01;
    double v = -65.0, m = 0.053, h = 0.596, n = 0.318;
    for (int i = 0; i < STEPS; i++)
    {
        double am = linear(-(v + 40.0) / 10.0), bm = 4.0 * exp(-(v + 65.0) / 18.0);
        double ah = 0.07 * exp(-(v + 65.0) / 20.0), bh = 1.0 / (1.0 + exp(-(v + 35.0) / 10.0));
        double an = 0.1 * linear(-(v + 55.0) / 10.0), bn = 0.125 * exp(-(v + 65.0) / 80.0);
        double flow = current - sodium * m * m * m * h * (v - 50.0) - potassium * n * n * n * n * (v + 77.0) - leak * (v + 54.387);
        m += step * (am * (1.0 - m) - bm * m);
        h += step * (ah * (1.0 - h) - bh * h);
        n += step * (an * (1.0 - n) - bn * n);
        v += step * flow;
    }

    return v;
}
