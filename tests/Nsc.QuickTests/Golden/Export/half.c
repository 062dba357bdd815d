// A neural surrogate of f: 2-5-3-1 tanh x 2.
// Made by nsc 1.0.0 from source eafe8e70394c13b9, 128 samples. C99; needs nothing but the compiler.
//   in[0]: x[0] in [-1, 3]
//   in[1]: x[1] in [-2, 3.1]
//   out[0]: out[0]
//   out[1]: out[1]

#include <stddef.h>

static inline float f_surrogate_bounded(float x)
{
    x = x < -8.5f ? -8.5f : x;
    return x > 8.5f ? 8.5f : x;
}

static inline float f_surrogate_tanh(float x)
{
    float t = x * x;
    float p = 1.00000007f + t * (0.13464147f + t * (3.59358611e-3f + t * (2.21956705e-5f + t * 1.55153505e-8f)));
    float q = 1 + t * (0.467975118f + t * (0.0262516589f + t * (3.44472203e-4f + t * 8.66814071e-7f)));
    return x * p / q;
}

static inline float f_surrogate_half(unsigned short half)
{
    union { unsigned bits; float value; } moved;
    moved.bits = (half & 0x8000u) << 16 | (half & 0x7fffu) << 13;
    return moved.value * 0x1p112f;
}

static const double f_surrogate_middle[2] = {
    1.0, 0.55,
};
static const double f_surrogate_half_width[2] = {
    2.0, 2.55,
};
static const double f_surrogate_mean[2] = {
    0.1, 1.1,
};
static const double f_surrogate_deviation[2] = {
    0.3333333333333333, 0.25,
};
static const unsigned short f_surrogate_w1[20] = {
    0xb805, 0xac39, 0x350a, 0xb4ab, 0xba61, 0xba3a, 0x3858, 0xb04d,
    0x3b1a, 0x348f, 0xbb8b, 0xb5c2, 0x35d4, 0xb6f4, 0x3689, 0xb808,
    0x3bd6, 0x34f5, 0x3362, 0x3675,
};
static const unsigned short f_surrogate_b1[10] = {
    0x3b32, 0xba81, 0xb96d, 0xb38e, 0x38c4, 0xb94a, 0x38b3, 0xb62b,
    0x392b, 0x3a2f,
};
static const unsigned short f_surrogate_w2[30] = {
    0x2f35, 0x38e7, 0xb745, 0x36ef, 0x39bd, 0x3be7, 0x3661, 0xbb00,
    0x361e, 0xbbc8, 0x275f, 0xb342, 0x3bdf, 0x2a77, 0xb034, 0x359d,
    0x2ab8, 0xb984, 0x35ad, 0xb94a, 0x3b33, 0xaaf2, 0xb4e9, 0xbaa4,
    0xb816, 0x3622, 0x3b94, 0xb4b0, 0xb2b6, 0xa61e,
};
static const unsigned short f_surrogate_b2[6] = {
    0x3473, 0xbb40, 0xba11, 0xb890, 0xba9f, 0xb605,
};
static const unsigned short f_surrogate_w3[6] = {
    0x2e3d, 0xb631, 0x3bf7, 0x3a03, 0x38bd, 0xb87a,
};
static const unsigned short f_surrogate_b3[2] = {
    0xba62, 0xb923,
};

static inline void f_surrogate_one(const double *in, double *out)
{
    float u[2], a[5], b[5];
    for (int i = 0; i < 2; i++)
        u[i] = (float)((in[i] - f_surrogate_middle[i]) / f_surrogate_half_width[i]);
    for (int k = 0; k < 2; k++)
    {
        for (int j = 0; j < 5; j++)
            a[j] = f_surrogate_bounded(f_surrogate_half(f_surrogate_b1[k * 5 + j])
                + u[0] * f_surrogate_half(f_surrogate_w1[(k * 2 + 0) * 5 + j])
                + u[1] * f_surrogate_half(f_surrogate_w1[(k * 2 + 1) * 5 + j]));
        for (int j = 0; j < 5; j++)
            a[j] = f_surrogate_tanh(a[j]);
        for (int j = 0; j < 3; j++)
            b[j] = f_surrogate_bounded(f_surrogate_half(f_surrogate_b2[k * 3 + j])
                + a[0] * f_surrogate_half(f_surrogate_w2[(k * 5 + 0) * 3 + j])
                + a[1] * f_surrogate_half(f_surrogate_w2[(k * 5 + 1) * 3 + j])
                + a[2] * f_surrogate_half(f_surrogate_w2[(k * 5 + 2) * 3 + j])
                + a[3] * f_surrogate_half(f_surrogate_w2[(k * 5 + 3) * 3 + j])
                + a[4] * f_surrogate_half(f_surrogate_w2[(k * 5 + 4) * 3 + j]));
        for (int j = 0; j < 3; j++)
            b[j] = f_surrogate_tanh(b[j]);
        for (int j = 0; j < 1; j++)
            a[j] = f_surrogate_half(f_surrogate_b3[k * 1 + j])
                + b[0] * f_surrogate_half(f_surrogate_w3[(k * 3 + 0) * 1 + j])
                + b[1] * f_surrogate_half(f_surrogate_w3[(k * 3 + 1) * 1 + j])
                + b[2] * f_surrogate_half(f_surrogate_w3[(k * 3 + 2) * 1 + j]);
        out[k] = f_surrogate_mean[k] + f_surrogate_deviation[k] * a[0];
    }
}

void f_surrogate(const double *in, double *out);
void f_surrogate(const double *in, double *out)
{
    f_surrogate_one(in, out);
}

static void f_surrogate_some(const double *in, double *out)
{
    float u[2][32], a[5][32], b[5][32];
    for (int i = 0; i < 2; i++)
        for (int s = 0; s < 32; s++)
            u[i][s] = (float)((in[s * 2 + i] - f_surrogate_middle[i]) / f_surrogate_half_width[i]);
    for (int k = 0; k < 2; k++)
    {
        for (int j = 0; j < 5; j++)
            for (int s = 0; s < 32; s++)
                a[j][s] = f_surrogate_bounded(f_surrogate_half(f_surrogate_b1[k * 5 + j])
                + u[0][s] * f_surrogate_half(f_surrogate_w1[(k * 2 + 0) * 5 + j])
                + u[1][s] * f_surrogate_half(f_surrogate_w1[(k * 2 + 1) * 5 + j]));
        for (int j = 0; j < 5; j++)
            for (int s = 0; s < 32; s++)
                a[j][s] = f_surrogate_tanh(a[j][s]);
        for (int j = 0; j < 3; j++)
            for (int s = 0; s < 32; s++)
                b[j][s] = f_surrogate_bounded(f_surrogate_half(f_surrogate_b2[k * 3 + j])
                + a[0][s] * f_surrogate_half(f_surrogate_w2[(k * 5 + 0) * 3 + j])
                + a[1][s] * f_surrogate_half(f_surrogate_w2[(k * 5 + 1) * 3 + j])
                + a[2][s] * f_surrogate_half(f_surrogate_w2[(k * 5 + 2) * 3 + j])
                + a[3][s] * f_surrogate_half(f_surrogate_w2[(k * 5 + 3) * 3 + j])
                + a[4][s] * f_surrogate_half(f_surrogate_w2[(k * 5 + 4) * 3 + j]));
        for (int j = 0; j < 3; j++)
            for (int s = 0; s < 32; s++)
                b[j][s] = f_surrogate_tanh(b[j][s]);
        for (int j = 0; j < 1; j++)
            for (int s = 0; s < 32; s++)
                a[j][s] = f_surrogate_half(f_surrogate_b3[k * 1 + j])
                + b[0][s] * f_surrogate_half(f_surrogate_w3[(k * 3 + 0) * 1 + j])
                + b[1][s] * f_surrogate_half(f_surrogate_w3[(k * 3 + 1) * 1 + j])
                + b[2][s] * f_surrogate_half(f_surrogate_w3[(k * 3 + 2) * 1 + j]);
        for (int s = 0; s < 32; s++)
            out[s * 2 + k] = f_surrogate_mean[k] + f_surrogate_deviation[k] * a[0][s];
    }
}

static void f_surrogate_many(const double *in, double *out, size_t count)
{
    size_t s = 0;
    for (; s + 32 <= count; s += 32)
        f_surrogate_some(in + s * 2, out + s * 2);
    for (; s < count; s++)
        f_surrogate_one(in + s * 2, out + s * 2);
}

void f_surrogate_batch(const double *in, double *out, size_t count);
void f_surrogate_batch(const double *in, double *out, size_t count)
{
    f_surrogate_many(in, out, count);
}
