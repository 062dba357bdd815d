// zeta: Riemann's zeta function of a real number, by 2000 terms and the Euler-Maclaurin rest. This text is our own.
//
// Input    s
// Output   zeta(s)

#include <math.h>

#pragma nsc input(s, 1.1, 8)

double zeta(double s)
{
    const int terms = 2000;
    double sum = 0.0;
    for (int n = 1; n < terms; n++)
        sum += pow(n, -s);
    double power = pow(terms, -s);
    return sum + 0.5 * power + power * terms / (s - 1.0) + s * power / (12.0 * terms);
}
