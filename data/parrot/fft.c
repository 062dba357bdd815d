// fft: the kernel of a radix-2 fast Fourier transform.
//
// Origin: one of the approximable kernels of Esmaeilzadeh, Sampson, Ceze, Burger, "Neural Acceleration for General-Purpose
// Approximate Programs" (MICRO 2012) and of AxBench (Yazdanbakhsh et al., 2016), which offload the computation of
// the twiddle factor. This text is our own.
//
// Inputs   x            the twiddle's place on the circle as a fraction of a full turn, k / n, in [0, 1)
// Outputs  twiddle[0]   its real part, cos(-2 pi x)
//          twiddle[1]   its imaginary part, sin(-2 pi x)

#include <math.h>

#pragma nsc input(x, 0, 1)

void fft_twiddle(float x, float twiddle[2])
{
    const float pi = 3.14159265358979f;
    float angle = -2.0f * pi * x;
    twiddle[0] = cosf(angle);
    twiddle[1] = sinf(angle);
}
