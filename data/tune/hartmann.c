// Hartmann's functions: wells of different depth and shape in the unit cube. Of three inputs the least value is -3.86278, of six -3.32237.

#include <math.h>

static double well(const double *x, const double *steepness, const double *centre, int n)
{
    double sum = 0;
    for (int j = 0; j < n; j++)
        sum += steepness[j] * (x[j] - centre[j]) * (x[j] - centre[j]);
    return exp(-sum);
}

#pragma nsc inputs(0, 1)
double hartmann3(const double x[3])
{
    static const double a[4][3] = {{3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}};
    static const double p[4][3] = {{0.3689, 0.1170, 0.2673}, {0.4699, 0.4387, 0.7470}, {0.1091, 0.8732, 0.5547}, {0.0381, 0.5743, 0.8828}};
    static const double depth[4] = {1.0, 1.2, 3.0, 3.2};
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum -= depth[i] * well(x, a[i], p[i], 3);
    return sum;
}

#pragma nsc inputs(0, 1)
double hartmann6(const double x[6])
{
    static const double a[4][6] = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}};
    static const double p[4][6] = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886}, {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650}, {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}};
    static const double depth[4] = {1.0, 1.2, 3.0, 3.2};
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum -= depth[i] * well(x, a[i], p[i], 6);
    return sum;
}
