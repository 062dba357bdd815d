// Audio: synthesis, effects, dynamics, mixing, music theory.

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define PI_F 3.14159265f
#define CLIP(x, m) ((x) > (m) ? (m) : (x) < -(m) ? -(m) : (x))

typedef struct { float left, right; } Stereo;
typedef struct { float attack, decay, sustain, release; } Envelope;
typedef struct { float low, band; } FilterState;

static inline float db_to_gain(float db)
{
    return powf(10.0f, db * 0.05f);
}

static inline float fraction(float x)
{
    return x - floorf(x);
}

static float soft_knee(float over, float knee)
{
    if (over <= -0.5f * knee)
        return 0.0f;
    if (over >= 0.5f * knee)
        return over;
    float t = over + 0.5f * knee;
    return t * t / (2.0f * knee);
}

// Frequency in hertz of a note number with a bend in semitones and a tuning for A4.
#pragma nsc input(note, 24, 96)
#pragma nsc input(bend, -2, 2)
#pragma nsc input(tuning, 430, 445)
float note_frequency(int note, float bend, float tuning)
{
    return tuning * exp2f(((float)(note - 69) + bend) / 12.0f);
}

// Deviation in cents of a frequency from the nearest equally tempered note.
#pragma nsc input(hertz, 390, 520)
#pragma nsc input(tuning, 435, 445)
float cents_off(float hertz, float tuning)
{
    float semitones = 12.0f * log2f(hertz / tuning);
    return 100.0f * (semitones - floorf(semitones + 0.5f));
}

// Level of an envelope with four stages at a time, for a key that is held for a while.
#pragma nsc input(e.attack, 0.01, 0.5)
#pragma nsc input(e.decay, 0.05, 0.5)
#pragma nsc input(e.sustain, 0, 1)
#pragma nsc input(e.release, 0.05, 1)
#pragma nsc input(held, 0.1, 1.5)
#pragma nsc input(t, 0, 2.5)
float envelope_level(const Envelope *e, float held, float t)
{
    float s = t < held ? t : held;
    float level;
    if (s < e->attack)
        level = s / e->attack;
    else if (s < e->attack + e->decay)
        level = 1.0f - (1.0f - e->sustain) * (s - e->attack) / e->decay;
    else
        level = e->sustain;
    if (t > held) {
        float gone = (t - held) / e->release;
        level *= gone < 1.0f ? 1.0f - gone : 0.0f;
    }
    return level;
}

enum Shape { SINE, TRIANGLE, SAW, SQUARE, PULSE };

// Sample of an oscillator with five shapes at a phase, with a pulse width.
#pragma nsc input(shape, 0, 4)
#pragma nsc input(phase, 0, 2)
#pragma nsc input(width, 0.1, 0.9)
#pragma nsc input(level, 0.1, 1)
float oscillator(int shape, float phase, float width, float level)
{
    float p = fraction(phase), y;
    switch (shape) {
    case SINE: y = sinf(2.0f * PI_F * p); break;
    case TRIANGLE: y = 1.0f - 4.0f * fabsf(p - 0.5f); break;
    case SAW: y = 2.0f * p - 1.0f; break;
    case SQUARE: y = p < 0.5f ? 1.0f : -1.0f; break;
    default: y = p < width ? 1.0f : -1.0f; break;
    }
    return level * y;
}

// Sawtooth sample with its step smoothed over one sample on either side (polynomial correction).
#pragma nsc input(phase, 0, 1)
#pragma nsc input(increment, 0.01, 0.3)
float smooth_saw(float phase, float increment)
{
    float y = 2.0f * phase - 1.0f;
    if (phase < increment) {
        float t = phase / increment;
        y -= t + t - t * t - 1.0f;
    } else if (phase > 1.0f - increment) {
        float t = (phase - 1.0f) / increment;
        y -= t * t + t + t + 1.0f;
    }
    return y;
}

// Two-operator frequency modulation with feedback, at a phase.
#pragma nsc input(phase, 0, 1)
#pragma nsc input(ratio, 1, 4)
#pragma nsc input(index, 0, 3)
#pragma nsc input(previous, -1, 1)
#pragma nsc input(feedback, 0, 0.7)
float fm_sample(float phase, int ratio, float index, float previous, float feedback)
{
    float modulator = sinf(2.0f * PI_F * (float)ratio * phase + feedback * previous);
    return sinf(2.0f * PI_F * phase + index * modulator);
}

// Sum of six drawbars of an organ at a phase, normalised by their total.
#pragma nsc input(bar, 0, 8)
#pragma nsc input(phase, 0, 1)
float drawbar_organ(const uint8_t bar[6], float phase)
{
    static const uint8_t harmonic[6] = { 1, 2, 3, 4, 6, 8 };
    float sum = 0.0f, total = 1.0f;
    for (int i = 0; i < 6; i++) {
        sum += (float)bar[i] * sinf(2.0f * PI_F * (float)harmonic[i] * phase);
        total += (float)bar[i];
    }
    return sum / total;
}

// Gain in decibels of a compressor with a soft knee, make-up gain and a floor of -60.
#pragma nsc input(level_db, -60, 6)
#pragma nsc input(threshold_db, -40, 0)
#pragma nsc input(ratio, 1, 20)
#pragma nsc input(knee_db, 1, 12)
#pragma nsc input(makeup_db, 0, 12)
float compressor_gain(float level_db, float threshold_db, float ratio, float knee_db, float makeup_db)
{
    float over = soft_knee(level_db - threshold_db, knee_db);
    return makeup_db - over * (1.0f - 1.0f / ratio);
}

// Detector level after a sample, with separate attack and release times in milliseconds.
#pragma nsc input(level, 0, 1)
#pragma nsc input(sample, -1, 1)
#pragma nsc input(attack_ms, 0.1, 20)
#pragma nsc input(release_ms, 5, 200)
float follow_level(float level, float sample, float attack_ms, float release_ms)
{
    float in = fabsf(sample);
    float ms = in > level ? attack_ms : release_ms;
    float keep = expf(-1.0f / (0.001f * ms * 2000.0f));
    return in + keep * (level - in);
}

// Gain of a noise gate that opens above one level and closes below another.
#pragma nsc input(level_db, -70, -20)
#pragma nsc input(open_db, -45, -30)
#pragma nsc input(close_db, -60, -46)
#pragma nsc input(was_open, 0, 1)
#pragma nsc input(gain, 0, 1)
#pragma nsc input(speed, 0.05, 0.5)
float gate_gain(float level_db, float open_db, float close_db, bool was_open, float gain, float speed)
{
    bool open = was_open ? level_db > close_db : level_db > open_db;
    float target = open ? 1.0f : db_to_gain(-50.0f);
    return gain + speed * (target - gain);
}

// Distorted sample by a drive, with a bias that makes it asymmetric, and a dry and wet mix.
#pragma nsc input(x, -1, 1)
#pragma nsc input(drive_db, 0, 24)
#pragma nsc input(bias, -0.3, 0.3)
#pragma nsc input(mix, 0, 1)
float tube_drive(float x, float drive_db, float bias, float mix)
{
    float g = db_to_gain(drive_db);
    float wet = tanhf(g * x + bias) - tanhf(bias);
    return x + mix * (wet - x);
}

// Sample that is folded back into a range three times at most.
#pragma nsc input(x, -4, 4)
#pragma nsc input(limit, 0.4, 1)
#pragma nsc input(offset, -0.5, 0.5)
float wave_fold(float x, float limit, float offset)
{
    float y = x + offset;
    for (int i = 0; i < 3; i++) {
        if (y > limit)
            y = 2.0f * limit - y;
        else if (y < -limit)
            y = -2.0f * limit - y;
    }
    return CLIP(y, limit);
}

// Left and right gains of a panned and balanced source by the law of constant power.
#pragma nsc input(sample, -1, 1)
#pragma nsc input(pan, -1, 1)
#pragma nsc input(fader_db, -40, 6)
#pragma nsc input(mute, 0, 1)
Stereo pan_source(float sample, float pan, float fader_db, bool mute)
{
    float angle = 0.25f * PI_F * (pan + 1.0f);
    float g = mute ? 0.0f : db_to_gain(fader_db) * sample;
    Stereo out = { g * cosf(angle), g * sinf(angle) };
    return out;
}

// Stereo mix of four mono tracks with gains and pan positions, softly limited.
#pragma nsc input(track, -1, 1)
#pragma nsc input(gain, 0, 1)
#pragma nsc input(pan, 0, 1)
Stereo mix_four(const float track[4], const float gain[4], const float pan[4])
{
    Stereo sum = { 0.0f, 0.0f };
    for (int i = 0; i < 4; ++i) {
        float x = track[i] * gain[i];
        sum.left += x * (1.0f - pan[i]);
        sum.right += x * pan[i];
    }
    sum.left /= 1.0f + 0.3f * fabsf(sum.left);
    sum.right /= 1.0f + 0.3f * fabsf(sum.right);
    return sum;
}

// Stereo picture that is made wider or narrower through its middle and side signals.
#pragma nsc input(in, -1, 1)
#pragma nsc input(width, 0, 2)
#pragma nsc input(bass_mono, 0, 1)
#pragma nsc input(bass_side, -0.5, 0.5)
Stereo widen(Stereo in, float width, bool bass_mono, float bass_side)
{
    float middle = 0.5f * (in.left + in.right);
    float side = 0.5f * width * (in.left - in.right);
    if (bass_mono)
        side -= bass_side * width;
    Stereo out = { middle + side, middle - side };
    return out;
}

// One sample through a state-variable filter: low, band and high output.
#pragma nsc input(s, -1, 1)
#pragma nsc input(x, -1, 1)
#pragma nsc input(cutoff, 50, 4000)
#pragma nsc input(resonance, 0, 0.95)
void state_variable(FilterState s, float x, float cutoff, float resonance, float out[3])
{
    float f = 2.0f * sinf(PI_F * cutoff / 44100.0f);
    float q = 2.0f * (1.0f - resonance);
    float low = s.low + f * s.band;
    float high = x - low - q * s.band;
    float band = s.band + f * high;
    out[0] = low;
    out[1] = band;
    out[2] = high;
}

// Output of a four-pole ladder filter for a constant input after six samples.
#pragma nsc input(x, -1, 1)
#pragma nsc input(g, 0.1, 0.9)
#pragma nsc input(feedback, 0, 3)
#pragma nsc input(stage, -0.5, 0.5)
float ladder_filter(float x, float g, float feedback, const float stage[4])
{
    float s[4] = { stage[0], stage[1], stage[2], stage[3] };
    for (int n = 0; n < 6; n++) {
        float in = tanhf(x - feedback * s[3]);
        for (int k = 0; k < 4; k++) {
            s[k] += g * (in - s[k]);
            in = s[k];
        }
    }
    return s[3];
}

// Loudness-weighted level in decibels of five octave bands (A weighting).
#pragma nsc inputs(20, 90)
float weighted_level(const float band_db[5])
{
    static const float a[5] = { -16.1f, -8.6f, -3.2f, 0.0f, 1.2f };
    float power = 0.0f;
    for (int i = 0; i < 5; i++)
        power += powf(10.0f, 0.1f * (band_db[i] + a[i]));
    return 10.0f * log10f(power);
}

// Gain in decibels of a three-band tone control at a frequency.
#pragma nsc input(bass, -12, 12)
#pragma nsc input(middle, -12, 12)
#pragma nsc input(treble, -12, 12)
#pragma nsc input(log_hertz, 1.5, 4.2)
float tone_control(float bass, float middle, float treble, float log_hertz)
{
    float low = 1.0f / (1.0f + expf(4.0f * (log_hertz - 2.4f)));
    float high = 1.0f / (1.0f + expf(-4.0f * (log_hertz - 3.6f)));
    float d = (log_hertz - 3.0f) / 0.45f;
    return bass * low + middle * expf(-0.5f * d * d) + treble * high;
}

// Reverberation time in seconds of a room with four kinds of surface (Sabine, or Eyring when it is damped).
#pragma nsc input(volume, 30, 400)
#pragma nsc input(area, 10, 100)
#pragma nsc input(absorption, 0.1, 0.6)
double reverberation_time(double volume, const double area[4], const double absorption[4])
{
    double surface = 0.0, open = 0.0;
    for (int i = 0; i < 4; i++) {
        surface += area[i];
        open += area[i] * absorption[i];
    }
    double mean = open / surface;
    double effective = mean < 0.2 ? open : -surface * log(1.0 - mean);
    return 0.161 * volume / effective;
}

// One sample of a reverberator: four combs in parallel, then two all-passes in a row.
#pragma nsc input(x, -1, 1)
#pragma nsc input(comb, -1, 1)
#pragma nsc input(damping, 0, 0.9)
#pragma nsc input(allpass, -1, 1)
#pragma nsc input(feedback, 0.3, 0.7)
#pragma nsc input(wet, 0, 1)
float reverb_sample(float x, const float comb[4], float damping, const float allpass[2], float feedback, float wet)
{
    static const float sign[4] = { 1.0f, -1.0f, 1.0f, -1.0f };
    float sum = 0.0f;
    for (int i = 0; i < 4; i++)
        sum += sign[i] * comb[i] * (1.0f - damping * (0.4f + 0.1f * (float)i));
    float y = 0.25f * sum + 0.5f * x;
    for (int i = 0; i < 2; i++)
        y = allpass[i] - feedback * (y + feedback * allpass[i]);
    return (1.0f - wet) * x + wet * y;
}

// Roughness of a chord of four tones with given levels: sum over pairs of a curve of their distance.
#pragma nsc input(note, 48, 72)
#pragma nsc input(level, 0.1, 1)
#pragma nsc input(detune, -0.3, 0.3)
float chord_roughness(const int note[4], const float level[4], const float detune[4])
{
    float f[4], sum = 0.0f;
    for (int i = 0; i < 4; i++)
        f[i] = 440.0f * exp2f(((float)note[i] + detune[i] - 69.0f) / 12.0f);
    for (int i = 0; i < 4; i++) {
        for (int j = i + 1; j < 4; j++) {
            float low = f[i] < f[j] ? f[i] : f[j];
            float d = fabsf(f[i] - f[j]) / (0.021f * low + 19.0f);
            sum += level[i] * level[j] * (expf(-0.84f * d) - expf(-1.38f * d));
        }
    }
    return sum;
}
