// columns: the first frequency of a shaft of twelve pieces with stiffnesses of their own, by inverse iteration; 12 inputs. This text is our own.
//
// Inputs   k[0] ... k[11]  stiffness of each piece
// Output   the lowest angular frequency

#include <math.h>

#define N 12

#pragma nsc input(k, 0.5, 2)

double columns(const double k[12])
{
    double x[N], y[N], pivot[N], value = 0.0;
    for (int i = 0; i < N; i++)
        x[i] = 1.0;
    for (int round = 0; round < 12; round++)
    {
        for (int i = 0; i < N; i++)
        {
            double diagonal = k[i] + (i + 1 < N ? k[i + 1] : 0.0);
            pivot[i] = i == 0 ? diagonal : diagonal - k[i] * k[i] / pivot[i - 1];
            y[i] = i == 0 ? x[0] : x[i] + k[i] / pivot[i - 1] * y[i - 1];
        }

        double square = 0.0, product = 0.0;
        for (int i = N - 1; i >= 0; i--)
        {
            y[i] = (y[i] + (i + 1 < N ? k[i + 1] * y[i + 1] : 0.0)) / pivot[i];
            square += y[i] * y[i];
            product += x[i] * y[i];
        }

        value = product / square;
        double norm = sqrt(square);
        for (int i = 0; i < N; i++)
            x[i] = y[i] / norm;
    }

    return sqrt(value);
}
