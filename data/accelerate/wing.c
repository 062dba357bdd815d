// wing: the lift of a tapered and twisted wing by Prandtl's lifting-line theory; a system of 8 equations is solved by elimination. This text is our own.
//
// Inputs   aspect    ratio of the wing
//          taper     of the chord
//          root, tip angles of attack, degrees
//          slope     of the section's lift, a radian
// Output   the lift coefficient

#include <math.h>

#define N 8

#pragma nsc input(aspect, 4, 16)
#pragma nsc input(taper, 0.2, 1)
#pragma nsc input(root, 0, 10)
#pragma nsc input(tip, -4, 6)
#pragma nsc input(slope, 5.2, 6.4)

double wing(double aspect, double taper, double root, double tip, double slope)
{
    double a[N][N + 1];
    for (int i = 0; i < N; i++)
    {
        double theta = (i + 1) * 1.5707963267948966 / N, span = cos(theta);
        double chord = 2.0 / (aspect * (1.0 + taper)) * (1.0 - (1.0 - taper) * span);
        double mu = chord * slope / 4.0;
        for (int j = 0; j < N; j++)
        {
            int n = 2 * j + 1;
            a[i][j] = sin(n * theta) * (n * mu + sin(theta));
        }

        a[i][N] = mu * sin(theta) * (root + (tip - root) * span) * 0.017453292519943295;
    }

    for (int k = 0; k < N; k++)
    {
        for (int i = k + 1; i < N; i++)
        {
            double factor = a[i][k] / a[k][k];
            for (int j = k; j <= N; j++)
                a[i][j] -= factor * a[k][j];
        }
    }

    for (int k = N - 1; k >= 0; k--)
    {
        for (int j = k + 1; j < N; j++)
            a[k][N] -= a[k][j] * a[j][N];
        a[k][N] /= a[k][k];
    }

    return a[0][N] * 3.14159265358979323846 * aspect;
}
