/* Chemistry: gases, solutions, reactions, electrochemistry, separation. */

#include <math.h>

#define R_GAS 8.314462618
#define FARADAY 96485.33212
#define KELVIN(celsius) ((celsius) + 273.15)

typedef struct {
    double a, b, c;
} Antoine;

typedef struct {
    double a, b, p;
} Reaction;

static double arrhenius(double factor, double activation_kj, double kelvin)
{
    return factor * exp(-1000.0 * activation_kj / (R_GAS * kelvin));
}

static double vapour_pressure(Antoine k, double celsius)
{
    return pow(10.0, k.a - k.b / (k.c + celsius));
}

/* Pressure of a real gas in bar by van der Waals' equation. */
#pragma nsc input(moles, 0.5, 3)
#pragma nsc input(litres, 2, 20)
#pragma nsc input(kelvin, 280, 500)
#pragma nsc input(a, 0.1, 6)
#pragma nsc input(b, 0.02, 0.1)
double van_der_waals_pressure(double moles, double litres, double kelvin, double a, double b)
{
    double free_volume = litres - moles * b;
    return 0.08314 * moles * kelvin / free_volume - a * moles * moles / (litres * litres);
}

/* pH of a weak acid in water by the exact root of the quadratic. */
#pragma nsc input(concentration, 0.001, 1)
#pragma nsc input(pka, 2, 7)
double weak_acid_ph(double concentration, double pka)
{
    double ka = pow(10.0, -pka);
    double h = 0.5 * (-ka + sqrt(ka * ka + 4.0 * ka * concentration));
    return -log10(h);
}

/* pH of a buffer after strong acid (positive) or base (negative) has been added, in moles. */
#pragma nsc input(acid, 0.05, 0.5)
#pragma nsc input(base, 0.05, 0.5)
#pragma nsc input(added, -0.3, 0.3)
#pragma nsc input(pka, 3, 10)
double buffer_ph(double acid, double base, double added, double pka)
{
    double left_acid = acid + added;
    double left_base = base - added;
    if (left_base <= 1e-3)
        return left_base < -1e-3 ? -log10(-left_base) : 0.5 * (pka - log10(left_acid));
    if (left_acid <= 1e-3)
        return left_acid < -1e-3 ? 14.0 + log10(-left_acid) : 7.0 + 0.5 * (pka + log10(left_base));
    return pka + log10(left_base / left_acid);
}

/* Rate of a reaction with orders for two reactants, at a temperature, with a catalyst that lowers the barrier. */
#pragma nsc input(ca, 0.5, 1.5)
#pragma nsc input(cb, 0.5, 1.5)
#pragma nsc input(order, 0, 2)
#pragma nsc input(barrier, 50, 55)
#pragma nsc input(catalyst, 0, 5)
#pragma nsc input(celsius, 10, 60)
double reaction_rate(double ca, double cb, const int order[2], double barrier, double catalyst, double celsius)
{
    double k = arrhenius(1e8, barrier - catalyst, KELVIN(celsius));
    double rate = k;
    for (int i = 0; i < order[0]; i++)
        rate *= ca;
    for (int i = 0; i < order[1]; i++)
        rate *= cb;
    return rate;
}

/* Concentrations of a reversible reaction A + B = P after ten steps of time. */
#pragma nsc input(start, 0, 2)
#pragma nsc input(forward, 0.1, 1)
#pragma nsc input(backward, 0.05, 0.5)
#pragma nsc input(dt, 0.01, 0.2)
Reaction reversible(Reaction start, double forward, double backward, double dt)
{
    Reaction c = start;
    for (int i = 0; i < 10; i++) {
        double turned = dt * (forward * c.a * c.b - backward * c.p);
        c.a -= turned;
        c.b -= turned;
        c.p += turned;
    }
    return c;
}

/* Degree of dissociation of a gas A2 = 2 A from its equilibrium constant and the pressure. */
#pragma nsc input(enthalpy_kj, 40, 60)
#pragma nsc input(entropy, 120, 180)
#pragma nsc input(kelvin, 280, 450)
#pragma nsc input(bar, 0.2, 5)
double dissociation(double enthalpy_kj, double entropy, double kelvin, double bar)
{
    double free_energy = 1000 * enthalpy_kj - kelvin * entropy;
    double kp = exp(-free_energy / (R_GAS * kelvin));
    return sqrt(kp / (kp + 4 * bar));
}

/* Voltage of a galvanic cell by Nernst's equation, less the drop inside it. */
#pragma nsc input(standard, 0.3, 2)
#pragma nsc input(electrons, 1, 4)
#pragma nsc input(reduced, 0.001, 2)
#pragma nsc input(oxidised, 0.001, 2)
#pragma nsc input(celsius, 0, 80)
#pragma nsc input(current, 0, 1)
#pragma nsc input(ohms, 0.05, 0.5)
double cell_voltage(double standard, int electrons, double reduced, double oxidised, double celsius, double current, double ohms)
{
    double slope = R_GAS * KELVIN(celsius) / (electrons * FARADAY);
    return standard - slope * log(reduced / oxidised) - current * ohms;
}

/* Mass in grams that a current deposits on a cathode, for one of four metals. */
#pragma nsc input(metal, 0, 3)
#pragma nsc input(amperes, 0.1, 5)
#pragma nsc input(minutes, 1, 120)
#pragma nsc input(efficiency, 0.6, 1)
double electroplated_mass(int metal, double amperes, double minutes, double efficiency)
{
    static const struct { double molar; int charge; } metals[4] = {
        { 63.546, 2 }, { 107.868, 1 }, { 58.693, 2 }, { 51.996, 3 },
    };
    double charge = amperes * minutes * 60.0 * efficiency;
    return metals[metal].molar * charge / (metals[metal].charge * FARADAY);
}

/* Current density of an electrode by the Butler-Volmer equation with a limit by diffusion. */
#pragma nsc input(overpotential, -0.15, 0.15)
#pragma nsc input(exchange, 0.01, 0.5)
#pragma nsc input(symmetry, 0.3, 0.7)
#pragma nsc input(limit, 1, 5)
#pragma nsc input(kelvin, 280, 350)
double butler_volmer(double overpotential, double exchange, double symmetry, double limit, double kelvin)
{
    double f = FARADAY / (R_GAS * kelvin) * overpotential;
    double kinetic = exchange * (exp(symmetry * f) - exp(-(1.0 - symmetry) * f));
    return kinetic / (1.0 + fabs(kinetic) / limit);
}

/* Mole fraction of the lighter component in the vapour over a binary mixture (Raoult with Margules' activities). */
#pragma nsc input(x, 0, 1)
#pragma nsc input(celsius, 60, 100)
#pragma nsc input(a12, -0.5, 1.6)
#pragma nsc input(a21, -0.5, 1.6)
double vapour_fraction(double x, double celsius, double a12, double a21)
{
    static const Antoine light = { 8.112, 1592.9, 226.2 }, heavy = { 8.071, 1730.6, 233.4 };
    double y = 1.0 - x;
    double g1 = exp(y * y * (a12 + 2.0 * (a21 - a12) * x));
    double g2 = exp(x * x * (a21 + 2.0 * (a12 - a21) * y));
    double p1 = x * g1 * vapour_pressure(light, celsius);
    double p2 = y * g2 * vapour_pressure(heavy, celsius);
    return p1 / (p1 + p2);
}

/* Boiling point in degrees Celsius at a pressure in millibar, from the constants of Antoine. */
#pragma nsc input(k.a, 7.8, 8.2)
#pragma nsc input(k.b, 1500, 1800)
#pragma nsc input(k.c, 220, 240)
#pragma nsc input(millibar, 50, 2000)
double boiling_point(const Antoine *k, double millibar)
{
    double mmhg = millibar * 0.750062;
    return k->b / (k->a - log10(mmhg)) - k->c;
}

/* Vapour share of a feed in a flash drum with three components (Rachford and Rice, by bisection). */
#pragma nsc input(feed, 0.1, 1)
#pragma nsc input(light, 1.5, 5)
#pragma nsc input(middle, 0.6, 1.4)
#pragma nsc input(heavy, 0.05, 0.5)
double flash_vapour(const double feed[3], double light, double middle, double heavy)
{
    double k[3] = { light, middle, heavy };
    double total = feed[0] + feed[1] + feed[2];
    double lo = 0.0, hi = 1.0;
    for (int step = 0; step < 16; step++) {
        double v = 0.5 * (lo + hi), f = 0.0;
        for (int i = 0; i < 3; i++)
            f += feed[i] / total * (k[i] - 1.0) / (1.0 + v * (k[i] - 1.0));
        if (f > 0.0)
            lo = v;
        else
            hi = v;
    }
    return 0.5 * (lo + hi);
}

/* Absorbance of a mixture of three dyes at one wavelength, with stray light in the instrument. */
#pragma nsc input(concentration, 0, 0.02)
#pragma nsc input(extinction, 10, 80)
#pragma nsc input(path, 0.2, 2)
#pragma nsc input(stray, 0, 0.02)
float absorbance(const float concentration[3], const float extinction[3], float path, float stray)
{
    float sum = 0.0f;
    for (int i = 0; i < 3; i++)
        sum += concentration[i] * extinction[i];
    float transmitted = powf(10.0f, -sum * path);
    return -log10f((transmitted + stray) / (1.0f + stray));
}

/* Molar mass of a compound of carbon, hydrogen, nitrogen, oxygen, sulphur and its degree of unsaturation. */
#pragma nsc input(carbon, 1, 20)
#pragma nsc input(hydrogen, 0, 40)
#pragma nsc input(nitrogen, 0, 4)
#pragma nsc input(oxygen, 0, 6)
#pragma nsc input(sulphur, 0, 2)
void formula(int carbon, int hydrogen, int nitrogen, int oxygen, int sulphur, double *molar, double *unsaturation)
{
    static const double weight[5] = { 12.011, 1.008, 14.007, 15.999, 32.06 };
    int count[5] = { carbon, hydrogen, nitrogen, oxygen, sulphur };
    double m = 0.0;
    for (int i = 0; i < 5; i++)
        m += weight[i] * count[i];
    *molar = m;
    *unsaturation = 0.5 * (2 * carbon + 2 + nitrogen - hydrogen);
}

/* Activity coefficient of an ion by one of three laws: limiting, extended, Davies. */
#pragma nsc input(charge, 1, 3)
#pragma nsc input(strength, 0.0005, 0.5)
#pragma nsc input(radius_angstrom, 2.5, 9)
#pragma nsc input(law, 0, 2)
double ion_activity(int charge, double strength, double radius_angstrom, int law)
{
    const double a = 0.509, b = 0.328;
    double root = sqrt(strength), f;
    switch (law) {
    case 0:
        f = root;
        break;
    case 1:
        f = root / (1.0 + b * radius_angstrom * root);
        break;
    default:
        f = root / (1.0 + root) - 0.3 * strength;
        break;
    }
    return pow(10.0, -a * charge * charge * f);
}

/* Fraction of a surface that two competing gases cover (Langmuir): coverage of the first one. */
#pragma nsc input(p1, 0, 5)
#pragma nsc input(p2, 0, 5)
#pragma nsc input(k1, 0.1, 3)
#pragma nsc input(k2, 0.1, 3)
#pragma nsc input(dissociates, 0, 1)
double coverage(double p1, double p2, double k1, double k2, int dissociates)
{
    double s1 = k1 * p1, s2 = k2 * p2;
    if (dissociates)
        s1 = sqrt(s1);
    return s1 / (1.0 + s1 + s2);
}

/* Conversion at the end of three stirred tanks in a row for a first-order reaction, each with its temperature. */
#pragma nsc input(minutes, 0.5, 10)
#pragma nsc input(celsius, 20, 70)
#pragma nsc input(activation_kj, 45, 60)
double tank_cascade(const double minutes[3], const double celsius[3], double activation_kj)
{
    double left = 1.0;
    for (int i = 0; i < 3; i++) {
        double k = arrhenius(3e7, activation_kj, KELVIN(celsius[i]));
        left /= 1.0 + k * minutes[i];
    }
    return 1.0 - left;
}

/* Final temperature of two mixed liquids with a reaction heat and a calorimeter that takes its share. */
#pragma nsc input(mass, 20, 200)
#pragma nsc input(celsius, 5, 80)
#pragma nsc input(capacity, 1.5, 4.2)
#pragma nsc input(reaction_kj, -2, 5)
#pragma nsc input(calorimeter, 10, 100)
double mixing_temperature(const double mass[2], const double celsius[2], const double capacity[2], double reaction_kj, double calorimeter)
{
    double c0 = mass[0] * capacity[0] + calorimeter;
    double c1 = mass[1] * capacity[1];
    return (c0 * celsius[0] + c1 * celsius[1] + 1000.0 * reaction_kj) / (c0 + c1);
}

/* Net charge of a peptide at a pH, from how many acidic and basic groups of six kinds it has. */
#pragma nsc input(count, 0, 5)
#pragma nsc input(ph, 2, 12)
float peptide_charge(const unsigned char count[6], float ph)
{
    static const float pk[8] = { 3.9f, 4.1f, 8.3f, 10.1f, 6.0f, 10.5f, 8.0f, 3.1f };
    float charge = 1.0f / (1.0f + powf(10.0f, ph - pk[6])) - 1.0f / (1.0f + powf(10.0f, pk[7] - ph));
    for (int i = 0; i < 4; i++)
        charge -= (float)count[i] / (1.0f + powf(10.0f, pk[i] - ph));
    for (int i = 4; i < 6; i++)
        charge += (float)count[i] / (1.0f + powf(10.0f, ph - pk[i]));
    return charge;
}

/* Enthalpy of a gas mixture of four parts in kilojoules per mole, with heat capacities linear in temperature. */
#pragma nsc input(fraction, 0.05, 1)
#pragma nsc input(celsius, 25, 900)
#pragma nsc input(reference, 0, 30)
#pragma nsc input(scale, 0.9, 1.1)
double mixture_enthalpy(const double fraction[4], double celsius, double reference, const double scale[4])
{
    static const double a[4] = { 27.3, 28.1, 30.1, 26.0 }, b[4] = { 5.2e-3, 4.1e-3, 9.9e-3, 42.5e-3 };
    double sum = 0.0, total = 0.0;
    for (int i = 0; i < 4; i++) {
        double t1 = KELVIN(celsius), t0 = KELVIN(reference);
        double h = a[i] * scale[i] * (t1 - t0) + 0.5 * b[i] * (t1 * t1 - t0 * t0);
        sum += fraction[i] * h;
        total += fraction[i];
    }
    return sum / total / 1000.0;
}

/* Alkalinity balance of a natural water: charge that the measured ions leave over, in milliequivalents per litre. */
#pragma nsc input(cation, 0, 5)
#pragma nsc input(anion, 0, 5)
#pragma nsc input(carbonate, 0.5, 5)
#pragma nsc input(ph, 5, 10)
double ion_balance(const double cation[4], const double anion[3], double carbonate, double ph)
{
    static const int charge[4] = { 2, 2, 1, 1 };
    double sum = 0.0;
    for (int i = 0; i < 4; i++)
        sum += charge[i] * cation[i];
    sum -= 2.0 * anion[0] + anion[1] + anion[2];
    double h = pow(10.0, -ph), k1 = 4.45e-7, k2 = 4.69e-11;
    double alpha1 = 1.0 / (h / k1 + 1.0 + k2 / h);
    double alpha2 = alpha1 * k2 / h;
    return sum - carbonate * (alpha1 + 2.0 * alpha2);
}
