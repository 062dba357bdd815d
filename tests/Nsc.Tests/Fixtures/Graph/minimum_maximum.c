// Minimum and maximum, as library calls and as conditional expressions, over an infinite start value.
#include <math.h>
#pragma nsc inputs(-1, 1)
float nearest(const float d[4]) {
    float best = INFINITY, worst = -INFINITY;
    for (int i = 0; i < 4; i++) {
        if (d[i] < best) {
            best = d[i];
        }
        worst = d[i] > worst ? d[i] : worst;
    }
    return fminf(best, 0.1f) + fmaxf(worst, -0.1f);
}
