// Tests for infinities and NaNs that do not occur here.
#include <math.h>
#pragma nsc input(x, 0.01, 2)
double checked_log(double x) {
    double y = log(x) / x;
    if (isnan(y) || isinf(y)) {
        return 0;
    }
    return isfinite(y) ? y : -1;
}
