// Electronics: networks, semiconductors, converters, logic, radio.

#include <math.h>
#include <stdint.h>
#include <stdbool.h>

#define TWO_PI 6.283185307179586
#define THERMAL_VOLTAGE 0.02585
#define PARALLEL(a, b) ((a) * (b) / ((a) + (b)))

typedef struct { double re, im; } phasor;

static phasor p_add(phasor a, phasor b)
{
    phasor c = { a.re + b.re, a.im + b.im };
    return c;
}

static phasor p_div(phasor a, phasor b)
{
    double d = b.re * b.re + b.im * b.im;
    phasor c = { (a.re * b.re + a.im * b.im) / d, (a.im * b.re - a.re * b.im) / d };
    return c;
}

static double p_abs(phasor a)
{
    return sqrt(a.re * a.re + a.im * a.im);
}

/** Output of a voltage divider that a load pulls down. */
#pragma nsc input(supply, 3, 24)
#pragma nsc input(upper, 1000, 100000)
#pragma nsc input(lower, 1000, 100000)
#pragma nsc input(load, 1000, 1000000)
double loaded_divider(double supply, double upper, double lower, double load)
{
    double bottom = PARALLEL(lower, load);
    return supply * bottom / (upper + bottom);
}

/** Impedance of a series R-L-C circuit with a loss resistance across the capacitor: magnitude and phase in degrees. */
#pragma nsc input(ohms, 1, 200)
#pragma nsc input(millihenry, 0.1, 10)
#pragma nsc input(microfarad, 0.1, 10)
#pragma nsc input(loss, 500, 10000)
#pragma nsc input(hertz, 100, 10000)
void rlc_impedance(double ohms, double millihenry, double microfarad, double loss, double hertz, double *magnitude, double *phase)
{
    double w = TWO_PI * hertz;
    phasor one = { 1.0, 0.0 }, admittance = { 1.0 / loss, w * microfarad * 1e-6 };
    phasor coil = { ohms, w * millihenry * 1e-3 };
    phasor z = p_add(coil, p_div(one, admittance));
    *magnitude = p_abs(z);
    *phase = atan2(z.im, z.re) * 360.0 / TWO_PI;
}

/** Gain in decibels of a low-pass of two RC stages that load each other. */
#pragma nsc input(r1, 500, 5000)
#pragma nsc input(c1, 5, 100)
#pragma nsc input(r2, 500, 5000)
#pragma nsc input(c2, 5, 100)
#pragma nsc input(kilohertz, 0.5, 20)
double two_stage_lowpass(double r1, double c1, double r2, double c2, double kilohertz)
{
    double w = TWO_PI * kilohertz * 1e3;
    double t1 = r1 * c1 * 1e-9, t2 = r2 * c2 * 1e-9, cross = r1 * c2 * 1e-9;
    double re = 1.0 - w * w * t1 * t2, im = w * (t1 + t2 + cross);
    return -10.0 * log10(re * re + im * im);
}

/** Voltage on a capacitor that is charged and then discharged through another resistor. */
#pragma nsc input(supply, 3, 12)
#pragma nsc input(charge_tau, 0.1, 2)
#pragma nsc input(discharge_tau, 0.1, 2)
#pragma nsc input(switch_at, 0.2, 3)
#pragma nsc input(t, 0, 5)
double rc_pulse(double supply, double charge_tau, double discharge_tau, double switch_at, double t)
{
    if (t <= switch_at)
        return supply * (1.0 - exp(-t / charge_tau));
    double peak = supply * (1.0 - exp(-switch_at / charge_tau));
    return peak * exp(-(t - switch_at) / discharge_tau);
}

/** Current of a diode with a series resistor, by a few steps of Newton's method on the diode's voltage. */
#pragma nsc input(volts, 0, 5)
#pragma nsc input(ohms, 100, 2000)
#pragma nsc input(log_saturation, -14, -9)
#pragma nsc input(ideality, 1, 2)
double diode_current(double volts, double ohms, double log_saturation, double ideality)
{
    double is = pow(10.0, log_saturation), nvt = ideality * THERMAL_VOLTAGE;
    double v = volts < 0.5 ? volts : nvt * log(volts / ohms / is + 1.0);
    for (int k = 0; k < 4; k++) {
        double e = is * exp(v / nvt);
        double f = e - is - (volts - v) / ohms;
        v -= f / (e / nvt + 1.0 / ohms);
    }
    return (volts - v) / ohms;
}

/** Drain current of a MOSFET in its three regions, with channel-length modulation. */
#pragma nsc input(vgs, 0, 5)
#pragma nsc input(vds, 0, 10)
#pragma nsc input(vth, 0.7, 2)
#pragma nsc input(k, 0.1, 2)
#pragma nsc input(lambda, 0, 0.1)
double mosfet_current(double vgs, double vds, double vth, double k, double lambda)
{
    double over = vgs - vth;
    if (over <= 0.0)
        return 0.0;
    double stretch = 1.0 + lambda * vds;
    if (vds < over)
        return k * (over - 0.5 * vds) * vds * stretch;
    return 0.5 * k * over * over * stretch;
}

/** Collector current and collector voltage of a transistor stage with a base divider, saturated when it must be. */
#pragma nsc input(supply, 5, 15)
#pragma nsc input(r1, 20, 100)
#pragma nsc input(r2, 5, 20)
#pragma nsc input(rc, 1, 5)
#pragma nsc input(re, 0.2, 1)
#pragma nsc input(beta, 50, 300)
void bias_point(float supply, float r1, float r2, float rc, float re, float beta, float *milliamp, float *collector)
{
    float vth = supply * r2 / (r1 + r2);
    float rth = PARALLEL(r1, r2);
    float ic = vth > 0.65f ? beta * (vth - 0.65f) / (rth + (beta + 1.0f) * re) : 0.0f;
    float most = (supply - 0.2f) / (rc + re);
    if (ic > most)
        ic = most;
    *milliamp = ic;
    *collector = supply - ic * rc;
}

/** Output of an inverting summing amplifier with three inputs, clipped by its rails. */
#pragma nsc input(in, -2, 2)
#pragma nsc input(kohm, 5, 50)
#pragma nsc input(feedback, 5, 100)
#pragma nsc input(offset_mv, -5, 5)
#pragma nsc input(rail, 4, 14)
double summing_amplifier(const double in[3], const double kohm[3], double feedback, double offset_mv, double rail)
{
    double sum = 0.0, noise_gain = 1.0;
    for (int i = 0; i < 3; i++) {
        sum += in[i] / kohm[i];
        noise_gain += feedback / kohm[i];
    }
    double out = -feedback * sum + noise_gain * offset_mv * 1e-3;
    return out > rail ? rail : out < -rail ? -rail : out;
}

/** Ripple current and output voltage of a buck converter, also when its current is not continuous. */
#pragma nsc input(vin, 8, 24)
#pragma nsc input(duty, 0.1, 0.9)
#pragma nsc input(microhenry, 30, 100)
#pragma nsc input(kilohertz, 150, 500)
#pragma nsc input(ohms, 2, 200)
void buck_converter(double vin, double duty, double microhenry, double kilohertz, double ohms, double *vout, double *ripple)
{
    double k = 2.0 * microhenry * 1e-3 * kilohertz / ohms;
    double ratio = k >= 1.0 - duty ? duty : 2.0 / (1.0 + sqrt(1.0 + 4.0 * k / (duty * duty)));
    *vout = vin * ratio;
    *ripple = (vin - *vout) * duty / (microhenry * 1e-3 * kilohertz);
}

/** Temperature of a thermistor from the reading of a 10-bit converter behind a divider. */
#pragma nsc input(reading, 50, 970)
#pragma nsc input(beta, 3000, 4500)
#pragma nsc input(pull_up, 4700, 22000)
float thermistor_celsius(uint16_t reading, float beta, float pull_up)
{
    float r = pull_up * (float)reading / (1023.0f - (float)reading);
    float inverse = 1.0f / 298.15f + logf(r / 10000.0f) / beta;
    return 1.0f / inverse - 273.15f;
}

/** Temperature at a type K thermocouple: cold junction compensated, by two polynomials. */
#pragma nsc input(millivolts, -2, 20)
#pragma nsc input(junction, 0, 50)
double thermocouple_celsius(double millivolts, double junction)
{
    double mv = millivolts + junction * (0.03945 + junction * 2.4e-5);
    if (mv < 0.0)
        return mv * (25.17 + mv * (-1.166 - mv * 1.08));
    return mv * (25.08 + mv * (0.0786 + mv * (-0.2503 + mv * (0.0831 + mv * (-0.01228 + mv * (9.804e-4 + mv * (-4.413e-5 + mv * (1.0577e-6 - mv * 1.0528e-8))))))));
}

/** Power of a solar cell at a voltage, light and temperature. */
#pragma nsc input(volts, 0, 0.7)
#pragma nsc input(light, 100, 1000)
#pragma nsc input(celsius, -10, 60)
#pragma nsc input(shunt, 5, 100)
double solar_cell_power(double volts, double light, double celsius, double shunt)
{
    double kelvin = celsius + 273.15;
    double photo = 3.0 * light / 1000.0 * (1.0 + 0.0005 * (celsius - 25.0));
    double saturation = 1e-9 * exp(0.06 * (celsius - 25.0));
    double current = photo - saturation * expm1(volts / (1.2 * 8.617e-5 * kelvin)) - volts / shunt;
    return current > 0.0 ? volts * current : 0.0;
}

/** Charge left in a battery in per cent from its rest voltage, current and cell count. */
#pragma nsc input(volts, 9, 13)
#pragma nsc input(amperes, -2, 5)
#pragma nsc input(cells, 3, 3.5)
#pragma nsc input(internal_mohm, 10, 60)
float battery_percent(float volts, float amperes, float cells, float internal_mohm)
{
    static const float knot[6] = { 3.27f, 3.61f, 3.73f, 3.84f, 4.02f, 4.20f };
    static const float charge[6] = { 0, 10, 30, 50, 80, 100 };
    float v = volts / cells + amperes * internal_mohm * 1e-3f;
    if (v <= knot[0])
        return 0.0f;
    for (int i = 1; i < 6; i++)
        if (v < knot[i])
            return charge[i - 1] + (charge[i] - charge[i - 1]) * (v - knot[i - 1]) / (knot[i] - knot[i - 1]);
    return 100.0f;
}

/** Resistance of a resistor from its four colour bands, 0 black to 9 white, in ohms, and its tolerance band. */
#pragma nsc input(first, 1, 9)
#pragma nsc input(second, 0, 9)
#pragma nsc input(multiplier, 0, 4)
#pragma nsc input(tolerance, 0, 3)
void colour_bands(int first, int second, int multiplier, int tolerance, double *low, double *high)
{
    static const double ten[5] = { 1, 10, 100, 1000, 10000 };
    static const double percent[4] = { 1, 2, 5, 10 };
    double r = (10 * first + second) * ten[multiplier];
    *low = r * (1.0 - percent[tolerance] / 100.0);
    *high = r * (1.0 + percent[tolerance] / 100.0);
}

/** Voltage of a 6-bit R-2R converter whose switches leak and whose bits have errors. */
#pragma nsc input(bit, 0, 1)
#pragma nsc input(reference, 1, 5)
#pragma nsc input(error, -0.05, 0.05)
double ladder_dac(const bool bit[6], double reference, const double error[3])
{
    double sum = 0.0, weight = 0.5;
    for (int i = 5; i >= 0; i--) {
        double w = i >= 3 ? weight * (1.0 + error[i - 3]) : weight;
        sum += bit[i] ? w : 1e-4 * weight;
        weight *= 0.5;
    }
    return reference * sum;
}

/** Reflection of a line with a complex load: magnitude of the coefficient and the standing-wave ratio. */
#pragma nsc input(load.re, 10, 200)
#pragma nsc input(load.im, -100, 100)
#pragma nsc input(line, 40, 100)
void reflection(phasor load, double line, double *gamma, double *swr)
{
    phasor top = { load.re - line, load.im }, bottom = { load.re + line, load.im };
    double g = p_abs(p_div(top, bottom));
    *gamma = g;
    *swr = (1.0 + g) / (1.0 - g);
}

/** Power at a receiver in dBm: free space, antennas, cable, rain, and a knife edge in the path. */
#pragma nsc input(transmit_dbm, 0, 30)
#pragma nsc input(gain, 0, 20)
#pragma nsc input(kilometres, 0.1, 30)
#pragma nsc input(megahertz, 100, 6000)
#pragma nsc input(cable_db, 0, 6)
#pragma nsc input(rain, 0, 0.5)
#pragma nsc input(edge, -2, 3)
double link_budget(double transmit_dbm, const double gain[2], double kilometres, double megahertz, double cable_db, double rain, double edge)
{
    double space = 20.0 * log10(kilometres) + 20.0 * log10(megahertz) + 32.45;
    double knife = 0.0;
    if (edge > -0.78) {
        double u = edge - 0.1;
        knife = 6.9 + 20.0 * log10(sqrt(u * u + 1.0) + u);
    }
    return transmit_dbm + gain[0] + gain[1] - cable_db - space - rain * kilometres - knife;
}

/** Junction temperature of a regulator from its losses and three thermal resistances, with a warning flag. */
#pragma nsc input(vin, 7, 20)
#pragma nsc input(vout, 3, 6)
#pragma nsc input(amperes, 0.05, 1.5)
#pragma nsc input(ambient, -10, 60)
#pragma nsc input(resistance, 0.5, 8)
void junction_temperature(float vin, float vout, float amperes, float ambient, const float resistance[3], float *celsius, int *warning)
{
    float watts = (vin - vout) * amperes + 0.005f * vin;
    float t = ambient;
    for (int i = 0; i < 3; i++)
        t += watts * resistance[i];
    *celsius = t;
    *warning = t > 150.0f ? 2 : t > 110.0f ? 1 : 0;
}

/** Timer setting for a bit rate: divider with the smallest error, out of prescalers 1, 4, 16, 64; the error in per mille. */
#pragma nsc input(clock_khz, 1000, 20000)
#pragma nsc input(rate, 300, 9600)
#pragma nsc input(limit, 63, 255)
int bitrate_error(int clock_khz, int rate, int limit)
{
    static const int prescaler[4] = { 1, 4, 16, 64 };
    int best = 100;
    for (int i = 0; i < 4; i++) {
        int step = 16 * prescaler[i] * rate;
        int divider = (clock_khz * 1000 + step / 2) / step;
        if (divider < 1 || divider > limit)
            continue;
        int actual = clock_khz * 1000 / (16 * prescaler[i] * divider);
        int error = (actual - rate) * 1000 / rate;
        if (error < 0)
            error = -error;
        if (error < best)
            best = error;
    }
    return best;
}

/** Voltages of two nodes of a resistor network that three sources feed (nodal analysis). */
#pragma nsc input(source, -5, 5)
#pragma nsc input(feed, 0.5, 10)
#pragma nsc input(ground, 0.5, 10)
#pragma nsc input(bridge, 0.2, 5)
void node_voltages(const double source[3], const double feed[3], const double ground[2], double bridge, double node[2])
{
    double g0 = 1.0 / feed[0] + 1.0 / ground[0] + 1.0 / bridge;
    double g1 = 1.0 / feed[1] + 1.0 / feed[2] + 1.0 / ground[1] + 1.0 / bridge;
    double i0 = source[0] / feed[0];
    double i1 = source[1] / feed[1] + source[2] / feed[2];
    double det = g0 * g1 - 1.0 / (bridge * bridge);
    node[0] = (i0 * g1 + i1 / bridge) / det;
    node[1] = (i1 * g0 + i0 / bridge) / det;
}

/** Harmonic distortion in per cent from the amplitudes of a base tone and five harmonics, with a noise floor. */
#pragma nsc input(base, 0.5, 2)
#pragma nsc input(harmonic, 0, 0.1)
#pragma nsc input(noise_db, -80, -40)
#pragma nsc input(weighted, 0, 1)
float distortion_percent(float base, const float harmonic[5], float noise_db, bool weighted)
{
    float sum = powf(10.0f, noise_db / 10.0f);
    for (int i = 0; i < 5; i++) {
        float w = weighted ? 0.25f * (float)((i + 2) * (i + 2)) : 1.0f;
        sum += w * harmonic[i] * harmonic[i];
    }
    return 100.0f * sqrtf(sum) / base;
}
