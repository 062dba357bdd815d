// sobel: the strength of an edge at the centre of a 3 x 3 window of grey pixels.
//
// Origin: one of the approximable kernels of Esmaeilzadeh, Sampson, Ceze, Burger, "Neural Acceleration for General-Purpose
// Approximate Programs" (MICRO 2012) and of AxBench (Yazdanbakhsh et al., 2016). This text is our own.
//
// Inputs   window[0..8]   grey levels in [0, 1], row by row
// Output   the magnitude of the Sobel gradient, clamped to [0, 1]

#include <math.h>

static const float horizontal[9] = {
    -1, 0, 1,
    -2, 0, 2,
    -1, 0, 1,
};

static const float vertical[9] = {
    -1, -2, -1,
     0,  0,  0,
     1,  2,  1,
};

#pragma nsc input(window, 0, 1)

float sobel(const float window[9])
{
    float dx = 0.0f;
    float dy = 0.0f;
    for (int i = 0; i < 9; i++)
    {
        dx += horizontal[i] * window[i];
        dy += vertical[i] * window[i];
    }

    float magnitude = sqrtf(dx * dx + dy * dy);
    return magnitude > 1.0f ? 1.0f : magnitude;
}
