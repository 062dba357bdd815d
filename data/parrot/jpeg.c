// jpeg: the discrete cosine transform of a block of 8 by 8 pixels and its quantisation, which a JPEG encoder does for each block.
//
// Origin: one of the approximable kernels of Esmaeilzadeh, Sampson, Ceze, Burger, "Neural Acceleration for General-Purpose
// Approximate Programs" (MICRO 2012) and of AxBench (Yazdanbakhsh et al., 2016). This text is our own; the luminance table is
// that of the standard (ITU-T T.81, table K.1), of quality 50.
//
// Inputs   block[0..63]          pixels, row by row, 0 to 255
// Output   coefficients[0..63]   quantised and rounded, row by row

#include <math.h>

static const float quantum[64] = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
};

// half[k] = cos(k pi / 16) / 2
static const float half[8] = { 0.5f, 0.49039264f, 0.46193977f, 0.41573481f, 0.35355339f, 0.27778512f, 0.19134172f, 0.09754516f };

// cos(k pi / 16) / 2 for any k, from the first quarter of a turn.
static float cosine(int k)
{
    k %= 32;
    if (k > 16)
    {
        k = 32 - k;
    }

    return k == 8 ? 0.0f : k < 8 ? half[k] : -half[16 - k];
}

// Eight numbers that lie apart by a step.
static void transform(const float *from, float *to, int step)
{
    for (int u = 0; u < 8; u++)
    {
        float sum = 0;
        for (int x = 0; x < 8; x++)
        {
            sum += from[x * step] * (u == 0 ? 0.35355339f : cosine((2 * x + 1) * u));
        }

        to[u * step] = sum;
    }
}

#pragma nsc inputs(0, 255)

void jpeg_block(const float block[64], float coefficients[64])
{
    float shifted[64], rows[64], both[64];
    for (int i = 0; i < 64; i++)
    {
        shifted[i] = block[i] - 128;
    }

    for (int i = 0; i < 8; i++)
    {
        transform(shifted + 8 * i, rows + 8 * i, 1);
    }

    for (int i = 0; i < 8; i++)
    {
        transform(rows + i, both + i, 8);
    }

    for (int i = 0; i < 64; i++)
    {
        coefficients[i] = roundf(both[i] / quantum[i]);
    }
}
