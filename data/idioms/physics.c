// Physics: kinematics, fields, heat, waves, relativity.

#include <math.h>

#define GRAVITY 9.80665
#define LIGHT_SPEED 299792458.0
#define STEFAN_BOLTZMANN 5.670374419e-8

typedef struct
{
    double x, y, z;
} Vec3;

typedef struct
{
    double mass;
    double position;
    double velocity;
} Particle;

static double square(double x)
{
    return x * x;
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

// Height of a ball thrown straight up, which stays on the ground after it lands.
#pragma nsc input(speed, 1, 25)
#pragma nsc input(start, 0, 10)
#pragma nsc input(t, 0, 5)
double throw_height(double speed, double start, double t)
{
    double h = start + speed * t - 0.5 * GRAVITY * t * t;
    return h > 0 ? h : 0;
}

// Range of a projectile that starts above the plane on which it lands.
#pragma nsc input(speed, 5, 40)
#pragma nsc input(angle_deg, 5, 80)
#pragma nsc input(height, 0, 20)
double projectile_range(double speed, double angle_deg, double height)
{
    double angle = angle_deg * M_PI / 180.0;
    double vx = speed * cos(angle);
    double vy = speed * sin(angle);
    double flight = (vy + sqrt(vy * vy + 2 * GRAVITY * height)) / GRAVITY;
    return vx * flight;
}

// Velocities of two bodies after a central collision with a coefficient of restitution.
#pragma nsc input(m1, 0.5, 5)
#pragma nsc input(m2, 0.5, 5)
#pragma nsc input(v1, -4, 4)
#pragma nsc input(v2, -4, 4)
#pragma nsc input(restitution, 0, 1)
void collide(double m1, double m2, double v1, double v2, double restitution, double after[2])
{
    double total = m1 + m2;
    double momentum = m1 * v1 + m2 * v2;
    after[0] = (momentum + m2 * restitution * (v2 - v1)) / total;
    after[1] = (momentum + m1 * restitution * (v1 - v2)) / total;
}

// Displacement of a damped oscillator released from rest, in all three regimes of damping.
#pragma nsc input(omega, 0.5, 4)
#pragma nsc input(zeta, 0, 2)
#pragma nsc input(amplitude, 0.2, 2)
#pragma nsc input(t, 0, 4)
double damped_oscillator(double omega, double zeta, double amplitude, double t)
{
    double decay = exp(-zeta * omega * t);
    if (fabs(zeta - 1.0) < 1e-3) {
        return amplitude * (1 + omega * t) * decay;
    } else if (zeta < 1.0) {
        double wd = omega * sqrt(1 - zeta * zeta);
        return amplitude * decay * (cos(wd * t) + zeta * omega / wd * sin(wd * t));
    } else {
        double root = sqrt(zeta * zeta - 1);
        double r1 = omega * (-zeta + root);
        double r2 = omega * (-zeta - root);
        return amplitude * (r1 * exp(r2 * t) - r2 * exp(r1 * t)) / (r1 - r2);
    }
}

// Force of a moving charge in an electric and a magnetic field (Lorentz).
#pragma nsc inputs(-2, 2)
#pragma nsc input(charge, -1, 1)
Vec3 lorentz_force(double charge, Vec3 velocity, Vec3 electric, Vec3 magnetic)
{
    Vec3 force;
    force.x = charge * (electric.x + velocity.y * magnetic.z - velocity.z * magnetic.y);
    force.y = charge * (electric.y + velocity.z * magnetic.x - velocity.x * magnetic.z);
    force.z = charge * (electric.z + velocity.x * magnetic.y - velocity.y * magnetic.x);
    return force;
}

// Electric potential on the axis of a row of four point charges, softened near them.
#pragma nsc input(charges, -1, 1)
#pragma nsc input(spacing, 0.2, 1)
#pragma nsc input(x, -3, 3)
double potential_of_charges(const double charges[4], double spacing, double x)
{
    double sum = 0;
    for (int i = 0; i < 4; i++) {
        double place = (i - 1.5) * spacing;
        sum += charges[i] / sqrt(square(x - place) + 0.04);
    }
    return sum;
}

// Lennard-Jones energy in reduced units, cut off and shifted at 2.5 sigma.
#pragma nsc input(r, 0.9, 4)
#pragma nsc input(epsilon, 0.5, 2)
#pragma nsc input(sigma, 0.8, 1.1)
double lennard_jones(double r, double epsilon, double sigma)
{
    double cutoff = 2.5 * sigma;
    if (r >= cutoff)
        return 0.0;

    double s6 = pow(sigma / r, 6.0);
    double c6 = pow(sigma / cutoff, 6.0);
    return 4 * epsilon * ((s6 * s6 - s6) - (c6 * c6 - c6));
}

// Net radiative power that a grey plate loses to its surroundings, in watts.
#pragma nsc input(emissivity, 0.05, 1)
#pragma nsc input(area, 0.1, 2)
#pragma nsc input(celsius, 0, 200)
#pragma nsc input(ambient_celsius, -20, 40)
double radiated_power(double emissivity, double area, double celsius, double ambient_celsius)
{
    double hot = celsius + 273.15, cold = ambient_celsius + 273.15;
    return emissivity * STEFAN_BOLTZMANN * area * (pow(hot, 4) - pow(cold, 4));
}

// Heat flow through a wall of three layers with a film on either side.
#pragma nsc input(thickness, 0.01, 0.3)
#pragma nsc input(conductivity, 0.03, 2)
#pragma nsc input(inside, 15, 25)
#pragma nsc input(outside, -20, 15)
#pragma nsc input(area, 1, 20)
double wall_heat_flow(const double thickness[3], const double conductivity[3], double inside, double outside, double area)
{
    double resistance = 1.0 / 8.0 + 1.0 / 23.0;
    for (int layer = 0; layer < 3; ++layer)
        resistance += thickness[layer] / conductivity[layer];
    return area * (inside - outside) / resistance;
}

// Angle of refraction by Snell's law in degrees, 90 when the light is totally reflected.
#pragma nsc input(n1, 1, 2)
#pragma nsc input(n2, 1, 2)
#pragma nsc input(incidence_deg, 0, 89)
float refraction_angle(float n1, float n2, float incidence_deg)
{
    float s = n1 / n2 * sinf(incidence_deg * 0.017453293f);
    if (s >= 1.0f)
        return 90.0f;
    return asinf(s) * 57.29578f;
}

// Wavelength that a moving receiver sees: relativistic Doppler shift of a source, in nanometres.
#pragma nsc input(nanometres, 380, 750)
#pragma nsc input(beta, -0.5, 0.5)
#pragma nsc input(approach_deg, 0, 180)
double doppler_wavelength(double nanometres, double beta, double approach_deg)
{
    double along = beta * cos(approach_deg * M_PI / 180);
    double gamma = 1 / sqrt(1 - beta * beta);
    return nanometres * gamma * (1 - along);
}

// Relativistic sum of two speeds along a line, in metres per second, and the Lorentz factor of the sum.
#pragma nsc input(u, -2.5e8, 2.5e8)
#pragma nsc input(v, -2.5e8, 2.5e8)
void add_velocities(double u, double v, double *sum, double *gamma)
{
    double w = (u + v) / (1 + u * v / (LIGHT_SPEED * LIGHT_SPEED));
    *sum = w;
    *gamma = 1 / sqrt(1 - square(w / LIGHT_SPEED));
}

enum Phase { SOLID, MELTING, LIQUID, BOILING, GAS };

// Temperature of a kilogram of water, which starts as ice at -40 degrees, after an amount of heat in kilojoules.
#pragma nsc input(heat, 0, 3600)
#pragma nsc input(mass, 0.5, 2)
double water_temperature(double heat, double mass)
{
    static const double needed[5] = {84.4, 333.6, 418.7, 2257.0, 1e9};
    static const double capacity[5] = {2.11, 0, 4.187, 0, 2.0};
    static const double base[5] = {-40, 0, 0, 100, 100};
    double left = heat / mass;
    int phase = SOLID;
    while (phase < GAS && left > needed[phase]) {
        left -= needed[phase];
        phase++;
    }
    if (phase == MELTING || phase == BOILING)
        return base[phase];
    return base[phase] + left / capacity[phase];
}

// Intensity on the screen behind two slits of finite width, relative to the maximum.
#pragma nsc input(theta_mrad, -15, 15)
#pragma nsc input(width_um, 10, 40)
#pragma nsc input(gap_um, 50, 100)
#pragma nsc input(wavelength_nm, 400, 700)
float double_slit(float theta_mrad, float width_um, float gap_um, float wavelength_nm)
{
    float s = sinf(theta_mrad * 1e-3f);
    float k = 3.14159265f / (wavelength_nm * 1e-3f);
    float alpha = k * width_um * s;
    float beta = k * gap_um * s;
    float envelope = fabsf(alpha) < 1e-4f ? 1.0f : sinf(alpha) / alpha;
    float fringe = cosf(beta);
    return envelope * envelope * fringe * fringe;
}

// One velocity Verlet step of a mass on a stiffening spring with friction.
#pragma nsc input(p.mass, 0.5, 3)
#pragma nsc input(p.position, -2, 2)
#pragma nsc input(p.velocity, -3, 3)
#pragma nsc input(stiffness, 1, 10)
#pragma nsc input(hardening, 0, 2)
#pragma nsc input(friction, 0, 1)
#pragma nsc input(dt, 0.01, 0.2)
Particle verlet_step(Particle p, double stiffness, double hardening, double friction, double dt)
{
    double f0 = -stiffness * p.position - hardening * p.position * p.position * p.position - friction * p.velocity;
    double half = p.velocity + 0.5 * dt * f0 / p.mass;
    double x = p.position + dt * half;
    double f1 = -stiffness * x - hardening * x * x * x - friction * half;
    Particle next = {p.mass, x, half + 0.5 * dt * f1 / p.mass};
    return next;
}

// Centre of mass of four particles in the plane.
#pragma nsc input(mass, 0.1, 4)
#pragma nsc input(place, -5, 5)
void centre_of_mass(const float mass[4], const float place[4][2], float centre[2])
{
    float total = 0;
    centre[0] = centre[1] = 0;
    for (int i = 0; i < 4; i++) {
        total += mass[i];
        centre[0] += mass[i] * place[i][0];
        centre[1] += mass[i] * place[i][1];
    }
    centre[0] /= total;
    centre[1] /= total;
}

// Terminal speed of a sphere in air or another fluid: Stokes drag when it is slow, quadratic drag when it is fast.
#pragma nsc input(radius_mm, 0.02, 5)
#pragma nsc input(density, 1100, 8000)
#pragma nsc input(fluid_density, 1, 1050)
#pragma nsc input(viscosity, 0.0005, 0.01)
double terminal_speed(double radius_mm, double density, double fluid_density, double viscosity)
{
    double r = radius_mm * 1e-3;
    double excess = density - fluid_density;
    double stokes = 2.0 / 9.0 * excess * GRAVITY * r * r / viscosity;
    double reynolds = 2 * fluid_density * stokes * r / viscosity;
    if (reynolds < 1)
        return stokes;
    double quadratic = sqrt(8.0 / 3.0 * excess * GRAVITY * r / (0.44 * fluid_density));
    return fmin(stokes, quadratic);
}

// Speed of sound in humid air in metres per second, from temperature, relative humidity and pressure.
#pragma nsc input(celsius, -10, 40)
#pragma nsc input(humidity, 0, 100)
#pragma nsc input(kilopascal, 80, 105)
double sound_speed(double celsius, double humidity, double kilopascal)
{
    double vapour = 0.61121 * exp(17.502 * celsius / (240.97 + celsius)) * humidity / 100;
    double fraction = clamp(vapour / kilopascal, 0, 0.1);
    double kelvin = celsius + 273.15;
    return 20.05 * sqrt(kelvin) * (1 + 0.16 * fraction);
}

// Activity of the third isotope in a decay chain A to B to C, all atoms A at first (Bateman's solution), per unit of A.
#pragma nsc input(half_life_a, 1, 5)
#pragma nsc input(half_life_b, 6, 15)
#pragma nsc input(half_life_c, 20, 60)
#pragma nsc input(t, 0, 60)
double decay_chain(double half_life_a, double half_life_b, double half_life_c, double t)
{
    double a = M_LN2 / half_life_a, b = M_LN2 / half_life_b, c = M_LN2 / half_life_c;
    double n = a * b * (exp(-a * t) / ((b - a) * (c - a)) + exp(-b * t) / ((a - b) * (c - b)) + exp(-c * t) / ((a - c) * (b - c)));
    return c * n;
}

// Kinetic energy of a rigid body: its centre's motion and its rotation with a full tensor of inertia.
#pragma nsc input(mass, 0.5, 3)
#pragma nsc input(velocity, -2, 2)
#pragma nsc input(omega, -3, 3)
#pragma nsc input(inertia, 0.2, 1)
#pragma nsc input(product, -0.1, 0.1)
double rigid_energy(double mass, Vec3 velocity, Vec3 omega, const double inertia[3], const double product[3])
{
    double linear = square(velocity.x) + square(velocity.y) + square(velocity.z);
    double spin = inertia[0] * square(omega.x) + inertia[1] * square(omega.y) + inertia[2] * square(omega.z);
    spin -= 2 * (product[0] * omega.x * omega.y + product[1] * omega.y * omega.z + product[2] * omega.z * omega.x);
    return 0.5 * (mass * linear + spin);
}

// Temperatures of a rod of eight cells after three explicit steps of heat conduction with fixed ends.
#pragma nsc input(cell, 0, 100)
#pragma nsc input(number, 0.05, 0.45)
#pragma nsc input(source, 0, 5)
void conduct(const float cell[8], float number, float source, float out[8])
{
    for (int i = 0; i < 8; i++)
        out[i] = cell[i];
    for (int step = 0; step < 3; step++) {
        float before = out[0];
        for (int i = 1; i < 7; i++) {
            float here = out[i];
            out[i] = here + number * (before - 2 * here + out[i + 1]) + (i == 4 ? source : 0);
            before = here;
        }
    }
}
