// Iterations: integrations, searches, fixed points.

#include <math.h>

// A mass on a spring with friction and a hardening term after 400 steps.
#pragma nsc input(x, -1, 1)
#pragma nsc input(v, -1, 1)
#pragma nsc input(k, 0.5, 2)
#pragma nsc input(friction, 0, 0.4)
double spring(double x, double v, double k, double friction)
{
    const double h = 0.01;
    for (int i = 0; i < 400; i++) {
        v += h * (-k * x - 0.3 * x * x * x - friction * v);
        x += h * v;
    }
    return x;
}

// A pendulum of any swing after two seconds.
#pragma nsc input(angle, -2, 2)
#pragma nsc input(rate, -1, 1)
#pragma nsc input(length, 0.5, 2)
double swing(double angle, double rate, double length)
{
    const double h = 0.01;
    for (int i = 0; i < 200; i++) {
        rate -= h * 9.81 / length * sin(angle);
        angle += h * rate;
    }
    return angle;
}

// Prey after a time, by Lotka and Volterra.
#pragma nsc input(prey, 0.5, 2)
#pragma nsc input(hunters, 0.5, 2)
#pragma nsc input(birth, 0.5, 1.5)
#pragma nsc input(kill, 0.5, 1.5)
double prey_after(double prey, double hunters, double birth, double kill)
{
    const double h = 0.01;
    for (int i = 0; i < 250; i++) {
        double grown = prey + h * prey * (birth - kill * hunters);
        hunters += h * hunters * (0.5 * prey - 0.8);
        prey = grown;
    }
    return prey;
}

// The eccentric anomaly by Newton's method, eight steps.
#pragma nsc input(mean, 0, 6.28)
#pragma nsc input(eccentricity, 0, 0.8)
double kepler(double mean, double eccentricity)
{
    double e = mean + eccentricity * sin(mean);
    for (int i = 0; i < 8; i++) {
        e -= (e - eccentricity * sin(e) - mean) / (1 - eccentricity * cos(e));
    }
    return e;
}

// The root of a cubic between 0 and 2 by bisection.
#pragma nsc input(a, 0.5, 2)
#pragma nsc input(b, 0, 2)
#pragma nsc input(c, 1, 4)
double bisect(double a, double b, double c)
{
    double low = 0, high = 2;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        if (a * middle * middle * middle + b * middle > c) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return low;
}

// The period of a pendulum by the arithmetic-geometric mean.
#pragma nsc input(length, 0.2, 3)
#pragma nsc input(angle, 0.1, 2.5)
double agm_period(double length, double angle)
{
    double a = 1, g = cos(angle / 2);
    for (int i = 0; i < 6; i++) {
        double next = (a + g) / 2;
        g = sqrt(a * g);
        a = next;
    }
    return 2 * acos(-1) * sqrt(length / 9.81) / a;
}

// The temperature in the middle of a rod of eleven cells after 120 steps.
#pragma nsc input(left, 0, 100)
#pragma nsc input(right, 0, 100)
#pragma nsc input(start, 0, 100)
#pragma nsc input(diffusion, 0.05, 0.45)
double rod(double left, double right, double start, double diffusion)
{
    double t[11];
    for (int i = 0; i < 11; i++) {
        t[i] = start;
    }
    t[0] = left;
    t[10] = right;
    for (int step = 0; step < 120; step++) {
        double before = t[0];
        for (int i = 1; i < 10; i++) {
            double here = t[i];
            t[i] += diffusion * (before - 2 * here + t[i + 1]);
            before = here;
        }
    }
    return t[5];
}

// Where a ball with drag lands, by Heun's steps.
#pragma nsc input(speed, 5, 40)
#pragma nsc input(angle, 0.2, 1.3)
#pragma nsc input(drag, 0, 0.02)
double ball(double speed, double angle, double drag)
{
    double x = 0, y = 0, u = speed * cos(angle), w = speed * sin(angle);
    const double h = 0.02;
    for (int i = 0; i < 150; i++) {
        double fast = drag * sqrt(u * u + w * w);
        u -= h * fast * u;
        w -= h * (9.81 + fast * w);
        x += h * u;
        y += h * w;
    }
    return x + y;
}

// The logistic population after 60 seasons, damped.
#pragma nsc input(start, 0.05, 0.95)
#pragma nsc input(growth, 0.2, 2.2)
#pragma nsc input(harvest, 0, 0.05)
double seasons(double start, double growth, double harvest)
{
    double n = start;
    for (int i = 0; i < 60; i++) {
        n = fmax(n + growth * n * (1 - n) - harvest, 0.001);
    }
    return n;
}

// The present value of a loan whose rate drifts, month by month.
#pragma nsc input(rate, 0.01, 0.08)
#pragma nsc input(drift, -0.02, 0.02)
#pragma nsc input(payment, 50, 150)
double drifting_loan(double rate, double drift, double payment)
{
    double value = 0, discount = 1;
    for (int month = 0; month < 240; month++) {
        discount /= 1 + (rate + drift * month / 240) / 12;
        value += payment * discount;
    }
    return value;
}
