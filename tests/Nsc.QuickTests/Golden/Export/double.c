// A neural surrogate of f: 2-5-3-1 tanh x 2.
// Made by nsc 1.0.0 from source eafe8e70394c13b9, 128 samples. C99; needs nothing but the compiler.
//   in[0]: x[0] in [-1, 3]
//   in[1]: x[1] in [-2, 3.1]
//   out[0]: out[0]
//   out[1]: out[1]

#include <stddef.h>

static inline double f_surrogate_bounded(double x)
{
    x = x < -19 ? -19 : x;
    return x > 19 ? 19 : x;
}

static inline double f_surrogate_tanh(double x)
{
    union { unsigned long long bits; double value; } power;
    double t = x * 2.8853900817779268;
    int n = (int)(t + 64.5) - 64;
    double r = (t - n) * 0.69314718055994531;
    power.bits = (unsigned long long)(n + 1023) << 52;
    return 1 - 2 / (power.value * (1.0 / 1 + r * (1.0 / 1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040 + r * (1.0 / 40320 + r * (1.0 / 362880 + r * (1.0 / 3628800 + r * (1.0 / 39916800 + r * (0))))))))))))) + 1);
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
static const double f_surrogate_w1[20] = {
    -0.50266284f, -0.06597864f, 0.3150378f, -0.29183248f, -0.7974671f, -0.77851206f, 0.54320824f, -0.1344348f,
    0.8877246f, 0.2849111f, -0.9427264f, -0.35977975f, 0.36424625f, -0.43454155f, 0.4085031f, -0.5039417f,
    0.97953427f, 0.30977577f, 0.23069282f, 0.40359336f,
};
static const double f_surrogate_b1[10] = {
    0.8995569f, -0.81322306f, -0.67818564f, -0.23605785f, 0.5958954f, -0.6610657f, 0.58756727f, -0.38554353f,
    0.64605683f, 0.7729391f,
};
static const double f_surrogate_w2[30] = {
    0.11260463f, 0.6126032f, -0.4543497f, 0.433468f, 0.7174872f, 0.9875927f, 0.39859167f, -0.8749933f,
    0.38220885f, -0.97277117f, 0.028787507f, -0.22676903f, 0.9837522f, 0.05051649f, -0.13133214f, 0.35081106f,
    0.052505292f, -0.6894398f, 0.35476336f, -0.66114545f, 0.8996736f, -0.054250635f, -0.3068244f, -0.82992077f,
    -0.5109625f, 0.38338992f, 0.94731283f, -0.29303178f, -0.2097138f, -0.02389652f,
};
static const double f_surrogate_b2[6] = {
    0.27799797f, -0.906289f, -0.7583323f, -0.5704062f, -0.8276935f, -0.3761944f,
};
static const double f_surrogate_w3[6] = {
    0.097466625f, -0.38700855f, 0.9957821f, 0.751643f, 0.59228855f, -0.5595482f,
};
static const double f_surrogate_b3[2] = {
    -0.7980947f, -0.64201343f,
};

static inline void f_surrogate_one(const double *in, double *out)
{
    double u[2], a[5], b[5];
    for (int i = 0; i < 2; i++)
        u[i] = (double)((in[i] - f_surrogate_middle[i]) / f_surrogate_half_width[i]);
    for (int k = 0; k < 2; k++)
    {
        for (int j = 0; j < 5; j++)
            a[j] = f_surrogate_bounded(f_surrogate_b1[k * 5 + j]
                + u[0] * f_surrogate_w1[(k * 2 + 0) * 5 + j]
                + u[1] * f_surrogate_w1[(k * 2 + 1) * 5 + j]);
        for (int j = 0; j < 5; j++)
            a[j] = f_surrogate_tanh(a[j]);
        for (int j = 0; j < 3; j++)
            b[j] = f_surrogate_bounded(f_surrogate_b2[k * 3 + j]
                + a[0] * f_surrogate_w2[(k * 5 + 0) * 3 + j]
                + a[1] * f_surrogate_w2[(k * 5 + 1) * 3 + j]
                + a[2] * f_surrogate_w2[(k * 5 + 2) * 3 + j]
                + a[3] * f_surrogate_w2[(k * 5 + 3) * 3 + j]
                + a[4] * f_surrogate_w2[(k * 5 + 4) * 3 + j]);
        for (int j = 0; j < 3; j++)
            b[j] = f_surrogate_tanh(b[j]);
        for (int j = 0; j < 1; j++)
            a[j] = f_surrogate_b3[k * 1 + j]
                + b[0] * f_surrogate_w3[(k * 3 + 0) * 1 + j]
                + b[1] * f_surrogate_w3[(k * 3 + 1) * 1 + j]
                + b[2] * f_surrogate_w3[(k * 3 + 2) * 1 + j];
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
    double u[2][32], a[5][32], b[5][32];
    for (int i = 0; i < 2; i++)
        for (int s = 0; s < 32; s++)
            u[i][s] = (double)((in[s * 2 + i] - f_surrogate_middle[i]) / f_surrogate_half_width[i]);
    for (int k = 0; k < 2; k++)
    {
        for (int j = 0; j < 5; j++)
            for (int s = 0; s < 32; s++)
                a[j][s] = f_surrogate_bounded(f_surrogate_b1[k * 5 + j]
                + u[0][s] * f_surrogate_w1[(k * 2 + 0) * 5 + j]
                + u[1][s] * f_surrogate_w1[(k * 2 + 1) * 5 + j]);
        for (int j = 0; j < 5; j++)
            for (int s = 0; s < 32; s++)
                a[j][s] = f_surrogate_tanh(a[j][s]);
        for (int j = 0; j < 3; j++)
            for (int s = 0; s < 32; s++)
                b[j][s] = f_surrogate_bounded(f_surrogate_b2[k * 3 + j]
                + a[0][s] * f_surrogate_w2[(k * 5 + 0) * 3 + j]
                + a[1][s] * f_surrogate_w2[(k * 5 + 1) * 3 + j]
                + a[2][s] * f_surrogate_w2[(k * 5 + 2) * 3 + j]
                + a[3][s] * f_surrogate_w2[(k * 5 + 3) * 3 + j]
                + a[4][s] * f_surrogate_w2[(k * 5 + 4) * 3 + j]);
        for (int j = 0; j < 3; j++)
            for (int s = 0; s < 32; s++)
                b[j][s] = f_surrogate_tanh(b[j][s]);
        for (int j = 0; j < 1; j++)
            for (int s = 0; s < 32; s++)
                a[j][s] = f_surrogate_b3[k * 1 + j]
                + b[0][s] * f_surrogate_w3[(k * 3 + 0) * 1 + j]
                + b[1][s] * f_surrogate_w3[(k * 3 + 1) * 1 + j]
                + b[2][s] * f_surrogate_w3[(k * 3 + 2) * 1 + j];
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
