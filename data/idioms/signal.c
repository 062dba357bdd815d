// Signal processing: filters, windows, detectors, coders.

#include <math.h>
#include <stdint.h>

#define PI_F 3.14159265358979f
#define TAPS 8

typedef struct {
    float b0, b1, b2, a1, a2;
} Biquad;

typedef struct {
    float re, im;
} Complex;

static float db(float power)
{
    return 10.0f * log10f(power + 1e-9f);
}

static Complex mul(Complex a, Complex b)
{
    Complex c = {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
    return c;
}

// Output of an 8-tap low-pass filter with a fixed linear-phase kernel.
#pragma nsc inputs(-1, 1)
float fir_lowpass(const float x[TAPS])
{
    static const float h[TAPS] = {0.009f, 0.048f, 0.164f, 0.279f, 0.279f, 0.164f, 0.048f, 0.009f};
    float acc = 0.0f;
    for (int n = 0; n < TAPS; n++)
        acc += h[n] * x[TAPS - 1 - n];
    return acc;
}

// One sample through a biquad in transposed direct form II; outputs the sample and the new state.
#pragma nsc inputs(-1, 1)
#pragma nsc input(f.a2, -0.9, 0.9)
void biquad_step(Biquad f, const float state[2], float x, float *y, float next[2])
{
    float out = f.b0 * x + state[0];
    next[0] = f.b1 * x - f.a1 * out + state[1];
    next[1] = f.b2 * x - f.a2 * out;
    *y = out;
}

// Magnitude response in decibels of a second-order section at a normalised frequency.
#pragma nsc inputs(-1, 1)
#pragma nsc input(f.b0, 0.5, 2)
#pragma nsc input(f.a2, 0.1, 0.8)
#pragma nsc input(omega, 0, 3.1415)
float biquad_response_db(const Biquad *f, float omega)
{
    float c1 = cosf(omega), s1 = sinf(omega);
    float c2 = 2.0f * c1 * c1 - 1.0f, s2 = 2.0f * s1 * c1;
    float nr = f->b0 + f->b1 * c1 + f->b2 * c2;
    float ni = f->b1 * s1 + f->b2 * s2;
    float dr = 1.0f + f->a1 * c1 + f->a2 * c2;
    float di = f->a1 * s1 + f->a2 * s2;
    return db((nr * nr + ni * ni + 1e-4f) / (dr * dr + di * di + 1e-4f));
}

// Coefficients of a resonant low-pass biquad from cutoff, resonance and sample rate.
#pragma nsc input(cutoff, 100, 8000)
#pragma nsc input(q, 0.5, 5)
#pragma nsc input(rate, 32000, 96000)
Biquad design_lowpass(float cutoff, float q, float rate)
{
    float w = 2.0f * PI_F * cutoff / rate;
    float alpha = sinf(w) / (2.0f * q);
    float c = cosf(w), norm = 1.0f / (1.0f + alpha);
    Biquad f;
    f.b1 = (1.0f - c) * norm;
    f.b0 = f.b2 = 0.5f * f.b1;
    f.a1 = -2.0f * c * norm;
    f.a2 = (1.0f - alpha) * norm;
    return f;
}

enum Window { RECT, HANN, HAMMING, BLACKMAN, WELCH };

// Value of one of five window functions at a position in a frame.
#pragma nsc input(kind, 0, 4)
#pragma nsc input(n, 0, 63)
#pragma nsc input(length, 64, 128)
double window_value(int kind, int n, int length)
{
    double x = (double)n / (length - 1);
    double a = 2.0 * M_PI * x;
    switch (kind) {
    case HANN:
        return 0.5 - 0.5 * cos(a);
    case HAMMING:
        return 0.54 - 0.46 * cos(a);
    case BLACKMAN:
        return 0.42 - 0.5 * cos(a) + 0.08 * cos(2.0 * a);
    case WELCH:
        return 1.0 - (2.0 * x - 1.0) * (2.0 * x - 1.0);
    case RECT:
    default:
        return 1.0;
    }
}

// Power of ten samples at one frequency by Goertzel's recurrence.
#pragma nsc input(x, -1, 1)
#pragma nsc input(bin, 0.5, 4.5)
float goertzel_power(const float x[10], float bin)
{
    float k = 2.0f * cosf(2.0f * PI_F * bin / 10.0f);
    float s1 = 0, s2 = 0;
    for (int i = 0; i < 10; i++) {
        float s = x[i] + k * s1 - s2;
        s2 = s1;
        s1 = s;
    }
    return s1 * s1 + s2 * s2 - k * s1 * s2;
}

// Median of five samples with a small network of exchanges.
#pragma nsc inputs(-1, 1)
float median5(float a, float b, float c, float d, float e)
{
    float t;
#define ORDER(p, q) if (p > q) { t = p; p = q; q = t; }
    ORDER(a, b)
    ORDER(d, e)
    ORDER(a, d)
    ORDER(b, e)
    ORDER(b, c)
    ORDER(c, d)
    ORDER(b, c)
#undef ORDER
    return c;
}

// Smoothed value in the middle of seven samples by a quadratic Savitzky-Golay fit.
#pragma nsc inputs(-2, 2)
double savitzky_golay(const double y[7])
{
    static const int c[4] = {7, 6, 3, -2};
    double sum = c[0] * y[3];
    for (int k = 1; k <= 3; k++)
        sum += c[k] * (y[3 - k] + y[3 + k]);
    return sum / 21.0;
}

// Parabolic peak of three spectral magnitudes: offset of the peak in bins and its height.
#pragma nsc input(left, 0, 0.7)
#pragma nsc input(centre, 0.8, 1.5)
#pragma nsc input(right, 0, 0.7)
void parabolic_peak(float left, float centre, float right, float *offset, float *height)
{
    float bend = left - 2.0f * centre + right;
    float d = 0.5f * (left - right) / bend;
    *offset = d;
    *height = centre - 0.25f * (left - right) * d;
}

// Zero crossings of twelve samples, with a dead band around zero.
#pragma nsc input(x, -1, 1)
#pragma nsc input(band, 0, 0.3)
int zero_crossings(const float x[12], float band)
{
    int count = 0, sign = 0;
    for (int i = 0; i < 12; i++) {
        int now = x[i] > band ? 1 : x[i] < -band ? -1 : 0;
        if (now != 0) {
            if (sign != 0 && now != sign)
                count++;
            sign = now;
        }
    }
    return count;
}

// Normalised autocorrelation of nine samples at lag two.
#pragma nsc inputs(-1, 1)
float autocorrelation(const float x[9])
{
    float mean = 0, num = 0, den = 1e-3f;
    for (int i = 0; i < 9; i++)
        mean += x[i] / 9.0f;
    for (int i = 0; i < 9; i++) {
        float a = x[i] - mean;
        den += a * a;
        if (i >= 2)
            num += a * (x[i - 2] - mean);
    }
    return num / den;
}

// Byte code of a 14-bit linear sample by mu-law companding with a segment search.
#pragma nsc input(sample, -8000, 8000)
int mulaw_encode(int sample)
{
    int sign = 0;
    if (sample < 0) {
        sign = 0x80;
        sample = -sample;
    }
    sample += 33;
    if (sample > 8191)
        sample = 8191;
    int segment = 0;
    for (int t = sample >> 6; t != 0 && segment < 7; t >>= 1)
        segment++;
    int mantissa = (sample >> (segment + 1)) & 15;
    return sign | (segment << 4) | mantissa;
}

// A sample requantised to a few bits, with a dither of up to half a step.
#pragma nsc input(x, -1, 1)
#pragma nsc input(bits, 2, 4)
#pragma nsc input(dither, -0.5, 0.5)
float quantise(float x, int bits, float dither)
{
    float steps = (float)(1 << (bits - 1));
    float q = floorf(x * steps + dither + 0.5f);
    if (q > steps - 1.0f)
        q = steps - 1.0f;
    if (q < -steps)
        q = -steps;
    return q / steps;
}

// Instantaneous frequency from two complex samples, as a fraction of the sample rate.
#pragma nsc inputs(-1, 1)
#pragma nsc input(now.re, 0.2, 1)
#pragma nsc input(before.re, 0.2, 1)
float phase_step(Complex now, Complex before)
{
    before.im = -before.im;
    Complex c = mul(now, before);
    return atan2f(c.im, c.re) / (2.0f * PI_F);
}

// Squared distance of a received symbol, turned back by a phase estimate, from the nearest point of 8-PSK.
#pragma nsc input(rx, -1.5, 1.5)
#pragma nsc input(phase, -0.3, 0.3)
float psk_distance(Complex rx, float phase)
{
    Complex turn = {cosf(phase), sinf(phase)};
    Complex z = mul(rx, turn);
    float best = 100.0f;
    for (int k = 0; k < 8; k++) {
        float dx = z.re - cosf(k * PI_F / 4.0f);
        float dy = z.im - sinf(k * PI_F / 4.0f);
        float d = dx * dx + dy * dy;
        if (d < best)
            best = d;
    }
    return best;
}

// Linear-predictive residual of a sample after a fourth-order lattice.
#pragma nsc input(k, -0.9, 0.9)
#pragma nsc input(back, -1, 1)
#pragma nsc input(x, -1, 1)
float lattice_residual(const float k[4], const float back[4], float x)
{
    float f = x;
    float b = x;
    for (int m = 0; m < 4; m++) {
        float nf = f + k[m] * back[m];
        float nb = back[m] + k[m] * f;
        f = nf;
        b = nb;
    }
    return f + 0.1f * b;
}

// One normalised LMS update of three weights towards a desired sample.
#pragma nsc inputs(-1, 1)
#pragma nsc input(mu, 0.05, 1)
void nlms_update(const float w[3], const float x[3], float desired, float mu, float out[3])
{
    float y = 0.0f, energy = 0.01f;
    for (int i = 0; i < 3; i++) {
        y += w[i] * x[i];
        energy += x[i] * x[i];
    }
    float g = mu * (desired - y) / energy;
    for (int i = 0; i < 3; i++)
        out[i] = w[i] + g * x[i];
}

// Signal-to-noise ratio in decibels of six samples against their reference.
#pragma nsc input(clean, -1, 1)
#pragma nsc input(noise, -0.2, 0.2)
float snr_db(const float clean[6], const float noise[6])
{
    float s = 1e-4f, n = 1e-4f;
    for (int i = 0; i < 6; ++i) {
        s += clean[i] * clean[i];
        n += noise[i] * noise[i];
    }
    return db(s) - db(n);
}

// Three-level Haar pyramid of eight samples.
#pragma nsc inputs(-1, 1)
void haar8(const float x[8], float out[8])
{
    float t[8];
    for (int i = 0; i < 8; i++)
        t[i] = x[i];
    for (int len = 8; len > 1; len /= 2) {
        float low[4];
        for (int i = 0; i < len / 2; i++) {
            low[i] = 0.70710678f * (t[2 * i] + t[2 * i + 1]);
            out[len / 2 + i] = 0.70710678f * (t[2 * i] - t[2 * i + 1]);
        }
        for (int i = 0; i < len / 2; i++)
            t[i] = low[i];
    }
    out[0] = t[0];
}

// Sinc-interpolated value between six samples with a raised-cosine taper.
#pragma nsc input(x, -1, 1)
#pragma nsc input(frac, 0, 1)
float sinc_interpolate(const float x[6], float frac)
{
    float sum = 0.0f;
    for (int i = 0; i < 6; i++) {
        float d = frac - (float)(i - 2);
        float taper = 0.5f + 0.5f * cosf(PI_F * d / 3.5f);
        float s = fabsf(d) < 1e-4f ? 1.0f : sinf(PI_F * d) / (PI_F * d);
        sum += x[i] * s * taper;
    }
    return sum;
}

// Cross-correlation peak of two windows: lag in -2 .. 2 with the largest sum of products.
#pragma nsc inputs(-1, 1)
int best_lag(const float a[8], const float b[8])
{
    float best = -100.0f;
    int lag = 0;
    for (int shift = -2; shift <= 2; shift++) {
        float sum = 0.0f;
        for (int i = 0; i < 8; i++) {
            if (i + shift >= 0 && i + shift < 8)
                sum += a[i] * b[i + shift];
        }
        if (sum > best) {
            best = sum;
            lag = shift;
        }
    }
    return lag;
}

// Four filter outputs of a polyphase bank: twelve samples against a prototype that is folded by four.
#pragma nsc inputs(-1, 1)
void polyphase(const float x[12], float out[4])
{
    static const float prototype[12] = {
        0.01f, 0.04f, 0.10f, 0.18f, 0.24f, 0.27f, 0.27f, 0.24f, 0.18f, 0.10f, 0.04f, 0.01f,
    };
    for (int branch = 0; branch < 4; branch++) {
        out[branch] = 0.0f;
        for (int k = branch; k < 12; k += 4)
            out[branch] += prototype[k] * x[11 - k];
    }
}
