// Exponentials, logarithms and powers.
#include <math.h>
#pragma nsc input(x, 0.1, 3)
#pragma nsc input(y, -1, 1)
double growth(double x, double y) {
    return exp(y) + log(x) * exp2(y) - log2(x) + log10(x) + pow(x, y) + expm1(y) * log1p(x) + pow(x, 3);
}
