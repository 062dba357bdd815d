// colebrook: the friction factor of a rough pipe, by fixed-point iteration of Colebrook's equation; laminar flow has a formula. This text is our own.
//
// Inputs   reynolds   number of the flow
//          roughness  over the pipe's diameter
// Output   Darcy's friction factor

#include <math.h>

#pragma nsc input(reynolds, 5000, 1e8, log)
#pragma nsc input(roughness, 1e-6, 0.05, log)

double colebrook(double reynolds, double roughness)
{
    double root = 0.1;
    for (int i = 0; i < 30; i++)
    {
        double next = 1.0 / (-2.0 * log10(roughness / 3.7 + 2.51 / (reynolds * root)));
        if (fabs(next - root) < 1e-13)
            break;
        root = next;
    }

    return root * root;
}
