// Functions with many local minima: Ackley's of five inputs, Levy's of four, Michalewicz's of five.

#include <math.h>

#pragma nsc inputs(-32.768, 32.768)
double ackley5(const double x[5])
{
    const double pi = 3.14159265358979323846;
    double squares = 0, waves = 0;
    for (int i = 0; i < 5; i++) {
        squares += x[i] * x[i];
        waves += cos(2 * pi * x[i]);
    }
    return 20 + exp(1.0) - 20 * exp(-0.2 * sqrt(squares / 5)) - exp(waves / 5);
}

#pragma nsc inputs(-10, 10)
double levy4(const double x[4])
{
    const double pi = 3.14159265358979323846;
    double w[4];
    for (int i = 0; i < 4; i++)
        w[i] = 1 + (x[i] - 1) / 4;
    double first = sin(pi * w[0]), last = sin(2 * pi * w[3]);
    double sum = first * first + (w[3] - 1) * (w[3] - 1) * (1 + last * last);
    for (int i = 0; i < 3; i++) {
        double wave = sin(pi * w[i] + 1);
        sum += (w[i] - 1) * (w[i] - 1) * (1 + 10 * wave * wave);
    }
    return sum;
}

#pragma nsc inputs(0, 3.14159265358979323846)
double michalewicz5(const double x[5])
{
    const double pi = 3.14159265358979323846;
    double sum = 0;
    for (int i = 0; i < 5; i++) {
        double s = sin((i + 1) * x[i] * x[i] / pi), power = 1;
        for (int k = 0; k < 20; k++)
            power *= s;
        sum -= sin(x[i]) * power;
    }
    return sum;
}
