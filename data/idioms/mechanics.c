/* Mechanics: beams, stress, shafts, fluids, engines, vehicles. */

#include <math.h>
#include <stdbool.h>

#define PI 3.14159265358979323846
#define G 9.80665

enum section { SECTION_RECTANGLE, SECTION_CIRCLE, SECTION_TUBE, SECTION_I };

typedef struct {
    double xx, yy, xy;
} stress2d;

typedef struct {
    double sx, sy, sz, txy, tyz, tzx;
} stress3d;

static double cube(double x)
{
    return x * x * x;
}

static double friction_factor(double reynolds, double relative_roughness)
{
    if (reynolds < 2000.0)
        return 64.0 / reynolds;
    double log_term = log10(relative_roughness / 3.7 + 5.74 / pow(reynolds, 0.9));
    double turbulent = 0.25 / (log_term * log_term);
    if (reynolds > 4000.0)
        return turbulent;
    double w = (reynolds - 2000.0) / 2000.0;
    return (1.0 - w) * 64.0 / reynolds + w * turbulent;
}

/* Second moment of area of one of four kinds of section, in cm^4 from millimetres. */
#pragma nsc input(kind, 0, 3)
#pragma nsc input(width, 20, 200)
#pragma nsc input(height, 40, 300)
#pragma nsc input(thickness, 3, 9)
double second_moment(int kind, double width, double height, double thickness)
{
    double i;
    switch (kind) {
    case SECTION_RECTANGLE:
        i = width * cube(height) / 12.0;
        break;
    case SECTION_CIRCLE:
        i = PI * height * cube(height) / 64.0;
        break;
    case SECTION_TUBE: {
        double inner = height - 2.0 * thickness;
        i = PI / 64.0 * (height * cube(height) - inner * cube(inner));
        break;
    }
    default:
        i = (width * cube(height) - (width - thickness) * cube(height - 2.0 * thickness)) / 12.0;
        break;
    }
    return i * 1e-4;
}

/* Deflection in millimetres of a simply supported beam at a place, under a single force. */
#pragma nsc input(force, 0.5, 20)
#pragma nsc input(span, 3, 7)
#pragma nsc input(force_at, 0.1, 0.9)
#pragma nsc input(look_at, 0, 1)
#pragma nsc input(stiffness, 2000, 10000)
double beam_deflection(double force, double span, double force_at, double look_at, double stiffness)
{
    double a = force_at * span, x = look_at * span;
    double b = span - a;
    if (x > a) {
        x = span - x;
        b = a;
    }
    return 1000.0 * force * b * x * (span * span - b * b - x * x) / (6.0 * span * stiffness);
}

/* Bending moment in the middle and both support forces of a beam under three forces and its own weight. */
#pragma nsc input(force, 0, 10)
#pragma nsc input(place, 0, 6)
#pragma nsc input(weight, 0, 2)
void beam_reactions(const double force[3], const double place[3], double weight, double reaction[2], double *moment)
{
    const double span = 6.0;
    double total = weight * span, about = total * 0.5 * span;
    for (int i = 0; i < 3; i++) {
        total += force[i];
        about += force[i] * place[i];
    }
    reaction[1] = about / span;
    reaction[0] = total - reaction[1];
    double m = reaction[0] * 3.0 - weight * 4.5;
    for (int i = 0; i < 3; i++) {
        if (place[i] < 3.0)
            m -= force[i] * (3.0 - place[i]);
    }
    *moment = m;
}

/* Principal stresses of a plane state and the angle of the greater one in degrees. */
#pragma nsc inputs(-100, 100)
void principal_stresses(stress2d s, double *first, double *second, double *angle_deg)
{
    double centre = 0.5 * (s.xx + s.yy), half = 0.5 * (s.xx - s.yy);
    double radius = sqrt(half * half + s.xy * s.xy);
    *first = centre + radius;
    *second = centre - radius;
    *angle_deg = 90.0 / PI * atan2(s.xy, half);
}

/* Safety against yield by von Mises' equivalent stress, at most ten. */
#pragma nsc input(s, -150, 150)
#pragma nsc input(yield, 200, 600)
double mises_safety(const stress3d *s, double yield)
{
    double a = s->sx - s->sy, b = s->sy - s->sz, c = s->sz - s->sx;
    double shear = s->txy * s->txy + s->tyz * s->tyz + s->tzx * s->tzx;
    double equivalent = sqrt(0.5 * (a * a + b * b + c * c) + 3.0 * shear);
    return yield > 10.0 * equivalent ? 10.0 : yield / equivalent;
}

/* Critical load of a column in kilonewtons: Euler's when it is slender, Johnson's parabola when it is stout. */
#pragma nsc input(length, 0.5, 5)
#pragma nsc input(diameter, 30, 100)
#pragma nsc input(yield, 200, 500)
#pragma nsc input(ends, 0, 3)
double column_load(double length, double diameter, double yield, int ends)
{
    static const double factor[4] = { 2.0, 1.0, 0.7, 0.5 };
    const double modulus = 210000.0;
    double slender = factor[ends] * length * 1000.0 / (diameter / 4.0);
    double limit = sqrt(2.0 * PI * PI * modulus / yield);
    double stress = slender > limit ? PI * PI * modulus / (slender * slender)
                                    : yield * (1.0 - 0.5 * (slender / limit) * (slender / limit));
    return stress * PI * diameter * diameter / 4000.0;
}

/* Twist in degrees of a stepped shaft of three pieces under a torque. */
#pragma nsc input(torque, 10, 500)
#pragma nsc input(diameter, 20, 60)
#pragma nsc input(length, 50, 400)
double shaft_twist(double torque, const double diameter[3], const double length[3])
{
    double twist = 0.0;
    for (int i = 0; i < 3; i++) {
        double polar = PI * pow(diameter[i], 4) / 32.0;
        twist += 1000.0 * torque * length[i] / (80000.0 * polar);
    }
    return twist * 180.0 / PI;
}

/* Stress in the wall of a thick cylinder at a radius: radial and hoop (Lame). */
#pragma nsc input(inner, 20, 50)
#pragma nsc input(wall, 5, 50)
#pragma nsc input(depth, 0, 1)
#pragma nsc input(inside_pressure, 0, 100)
#pragma nsc input(outside_pressure, 0, 20)
void thick_cylinder(double inner, double wall, double depth, double inside_pressure, double outside_pressure, double *radial, double *hoop)
{
    double a2 = inner * inner, b = inner + wall, b2 = b * b;
    double r = inner + depth * wall;
    double mean = (inside_pressure * a2 - outside_pressure * b2) / (b2 - a2);
    double vary = (inside_pressure - outside_pressure) * a2 * b2 / ((b2 - a2) * r * r);
    *radial = mean - vary;
    *hoop = mean + vary;
}

/* Share of a fatigue life that is used up by four blocks of load cycles (Miner's sum). */
#pragma nsc input(amplitude, 80, 300)
#pragma nsc input(thousand_cycles, 0, 100)
#pragma nsc input(endurance, 100, 150)
double fatigue_damage(const double amplitude[4], const double thousand_cycles[4], double endurance)
{
    double damage = 0.0;
    for (int i = 0; i < 4; i++) {
        if (amplitude[i] <= endurance)
            continue;
        double life = 1000.0 * pow(endurance / amplitude[i], 6.0);
        damage += thousand_cycles[i] / life;
    }
    return damage;
}

/* Loss of pressure in bar along a pipe with bends, for water. */
#pragma nsc input(litres_per_second, 0.5, 20)
#pragma nsc input(diameter_mm, 50, 150)
#pragma nsc input(metres, 5, 200)
#pragma nsc input(roughness_mm, 0.01, 1)
#pragma nsc input(bends, 0, 10)
#pragma nsc input(rise, -10, 20)
double pipe_pressure_loss(double litres_per_second, double diameter_mm, double metres, double roughness_mm, int bends, double rise)
{
    double d = diameter_mm * 1e-3;
    double v = litres_per_second * 1e-3 / (0.25 * PI * d * d);
    double re = v * d / 1.0e-6;
    double f = friction_factor(re, roughness_mm / diameter_mm);
    double head = (f * metres / d + 0.4 * bends + 1.5) * 500.0 * v * v;
    return (head + 1000.0 * G * rise) * 1e-5;
}

/* Flow in litres per second through an orifice or over a sharp weir, by the level in front of it. */
#pragma nsc input(level, 0.05, 1.5)
#pragma nsc input(opening, 0.1, 0.5)
#pragma nsc input(width, 0.2, 1)
#pragma nsc input(tail, 0, 0.5)
double gate_flow(double level, double opening, double width, double tail)
{
    if (level <= opening)
        return 1000.0 * 0.4 * width * sqrt(2.0 * G) * pow(level, 1.5);
    double head = level - fmax(tail, 0.6 * opening);
    if (head <= 0.0)
        return 0.0;
    return 1000.0 * 0.61 * width * opening * sqrt(2.0 * G * head);
}

/* Depth of even flow in a trapezoidal channel by Manning's formula, found by bisection. */
#pragma nsc input(flow, 0.5, 20)
#pragma nsc input(bottom, 1, 5)
#pragma nsc input(side, 0, 2)
#pragma nsc input(slope, 0.0005, 0.01)
#pragma nsc input(roughness, 0.012, 0.04)
double channel_depth(double flow, double bottom, double side, double slope, double roughness)
{
    double lo = 0.0, hi = 8.0;
    for (int i = 0; i < 14; i++) {
        double y = 0.5 * (lo + hi);
        double area = (bottom + side * y) * y;
        double wet = bottom + 2.0 * y * sqrt(1.0 + side * side);
        double q = area * pow(area / wet, 2.0 / 3.0) * sqrt(slope) / roughness;
        if (q < flow)
            lo = y;
        else
            hi = y;
    }
    return 0.5 * (lo + hi);
}

/* Place and speed of a piston at an angle of the crank. */
#pragma nsc input(degrees, 0, 360)
#pragma nsc input(crank, 30, 60)
#pragma nsc input(rod, 110, 200)
#pragma nsc input(offset, -5, 5)
#pragma nsc input(rpm, 500, 7000)
void piston_motion(float degrees, float crank, float rod, float offset, float rpm, float *place, float *speed)
{
    float t = degrees * 0.017453293f;
    float omega = rpm * 0.104719755f;
    float s = sinf(t), c = cosf(t);
    float lateral = crank * s - offset;
    float along = sqrtf(rod * rod - lateral * lateral);
    *place = crank * c + along;
    *speed = -0.001f * omega * crank * (s + c * lateral / along);
}

/* Force at the driven wheels of a car in a gear, limited by the grip of the tyres. */
#pragma nsc input(rpm, 800, 6500)
#pragma nsc input(throttle, 0, 1)
#pragma nsc input(gear, 1, 6)
#pragma nsc input(mass, 800, 2200)
#pragma nsc input(grip, 0.2, 1.1)
double wheel_force(double rpm, double throttle, int gear, double mass, double grip)
{
    static const double ratio[6] = { 3.6, 2.1, 1.4, 1.05, 0.85, 0.7 };
    double x = (rpm - 3800.0) / 3800.0;
    double torque = throttle * 220.0 * (1.0 - 0.45 * x * x) - 25.0 * (1.0 - throttle);
    double force = torque * ratio[gear - 1] * 3.9 * 0.92 / 0.31;
    double most = 0.55 * grip * mass * G;
    if (force > most)
        force = most;
    if (force < -most)
        force = -most;
    return force;
}

/* Lateral force of a tyre by the magic formula, with load and camber. */
#pragma nsc input(slip_deg, -15, 15)
#pragma nsc input(load, 1000, 6000)
#pragma nsc input(camber_deg, -4, 4)
#pragma nsc input(grip, 0.4, 1.2)
double tyre_force(double slip_deg, double load, double camber_deg, double grip)
{
    double peak = grip * load * (1.1 - 4.0e-5 * load);
    double stiffness = 0.17 * (1.0 - 1.5e-5 * load);
    double shape = 1.35, curve = -0.6;
    double x = stiffness * (slip_deg + 0.1 * camber_deg);
    return peak * sin(shape * atan(x - curve * (x - atan(x))));
}

/* Distance that a car needs to stop: reaction, rise of the brakes and braking on a slope. */
#pragma nsc input(kmh, 10, 180)
#pragma nsc input(reaction, 0.5, 2)
#pragma nsc input(grip, 0.1, 1)
#pragma nsc input(slope_percent, -10, 10)
#pragma nsc input(abs_working, 0, 1)
double stopping_distance(double kmh, double reaction, double grip, double slope_percent, bool abs_working)
{
    double v = kmh / 3.6;
    double mu = abs_working ? grip : 0.8 * grip;
    double decel = G * (mu + slope_percent / 100.0);
    if (decel < 0.3)
        decel = 0.3;
    double rise = 0.2, after = fmax(v - 0.5 * decel * rise, 0.0);
    return v * (reaction + rise) + after * after / (2.0 * decel);
}

/* Weight on the four wheels of a car from its accelerations. */
#pragma nsc input(mass, 800, 2000)
#pragma nsc input(ax, -9, 5)
#pragma nsc input(ay, -9, 9)
#pragma nsc input(height, 0.3, 0.8)
#pragma nsc input(front_share, 0.4, 0.65)
#pragma nsc input(roll_share, 0.4, 0.7)
void wheel_loads(double mass, double ax, double ay, double height, double front_share, double roll_share, double load[4])
{
    const double base = 2.6, track = 1.5;
    double shift = mass * ax * height / base;
    double lean = mass * ay * height / track;
    double front = mass * G * front_share - shift;
    double rear = mass * G * (1.0 - front_share) + shift;
    load[0] = 0.5 * front - lean * roll_share;
    load[1] = 0.5 * front + lean * roll_share;
    load[2] = 0.5 * rear - lean * (1.0 - roll_share);
    load[3] = 0.5 * rear + lean * (1.0 - roll_share);
    for (int i = 0; i < 4; i++) {
        if (load[i] < 0.0)
            load[i] = 0.0;
    }
}

/* Preload of a bolt and its share of an outer force, from torque, friction and two stiffnesses. */
#pragma nsc input(torque, 10, 120)
#pragma nsc input(diameter, 6, 16)
#pragma nsc input(friction, 0.08, 0.2)
#pragma nsc input(bolt_stiffness, 100, 500)
#pragma nsc input(part_stiffness, 300, 2000)
#pragma nsc input(outer, 0, 10)
void bolted_joint(double torque, double diameter, double friction, double bolt_stiffness, double part_stiffness, double outer,
                  double *bolt_force, double *clamp_force)
{
    double preload = torque / (diameter * (0.022 + 1.16 * friction));
    double share = bolt_stiffness / (bolt_stiffness + part_stiffness);
    double clamp = preload - (1.0 - share) * outer;
    if (clamp < 0.0) {
        *bolt_force = outer;
        *clamp_force = 0.0;
    } else {
        *bolt_force = preload + share * outer;
        *clamp_force = clamp;
    }
}

/* Amplitude of a machine on springs under an imbalance, relative to rest, and the share that reaches the floor. */
#pragma nsc input(ratio, 0.1, 4)
#pragma nsc input(damping, 0.1, 0.8)
#pragma nsc input(eccentric, 0.1, 2)
void vibration(double ratio, double damping, double eccentric, double *amplitude, double *transmitted)
{
    double r2 = ratio * ratio, d = 2.0 * damping * ratio;
    double bottom = sqrt((1.0 - r2) * (1.0 - r2) + d * d);
    *amplitude = eccentric * r2 / bottom;
    *transmitted = sqrt(1.0 + d * d) / bottom;
}

/* Life of a ball bearing in million turns from radial and axial loads. */
#pragma nsc input(radial, 3, 8)
#pragma nsc input(axial, 0, 4)
#pragma nsc input(rating, 15, 25)
#pragma nsc input(roller, 0, 1)
double bearing_life(double radial, double axial, double rating, bool roller)
{
    double limit = 0.27, x = 1.0, y = 0.0;
    if (axial / radial > limit) {
        x = 0.56;
        y = 1.6;
    }
    double load = fmax(x * radial + y * axial, 0.5 * radial + 0.5 * axial);
    return pow(rating / load, roller ? 10.0 / 3.0 : 3.0);
}

/* Torque that a chain of four meshing gear pairs passes on, with losses in every mesh. */
#pragma nsc input(teeth, 18, 36)
#pragma nsc input(efficiency, 0.9, 0.99)
#pragma nsc input(torque, 1, 50)
double gear_train(const int teeth[4][2], const double efficiency[4], double torque)
{
    double out = torque;
    for (int i = 0; i < 4; i++) {
        double ratio = (double)teeth[i][1] / teeth[i][0];
        out *= ratio * efficiency[i];
    }
    return out;
}

/* Lift, drag and pitching moment of a wing section with a flap, beyond the stall too, per unit of wing area. */
#pragma nsc input(alpha_deg, -10, 25)
#pragma nsc input(flap_deg, 0, 30)
#pragma nsc input(speed, 20, 80)
#pragma nsc input(height_km, 0, 6)
#pragma nsc input(aspect, 5, 12)
#pragma nsc input(stall_deg, 12, 17)
void wing_section(double alpha_deg, double flap_deg, double speed, double height_km, double aspect, double stall_deg, double force[3])
{
    double density = 1.225 * exp(-height_km / 9.0);
    double q = 0.5 * density * speed * speed;
    double slope = 0.11 * aspect / (aspect + 2.0);
    double zero = -2.0 - 0.35 * flap_deg;
    double cl = slope * (fmin(alpha_deg, stall_deg) - zero);
    if (alpha_deg > stall_deg)
        cl -= 0.06 * (alpha_deg - stall_deg);
    double cd = 0.008 + 0.0006 * flap_deg + cl * cl / (PI * 0.85 * aspect);
    if (alpha_deg > stall_deg)
        cd += 0.01 * (alpha_deg - stall_deg);
    force[0] = q * cl;
    force[1] = q * cd;
    force[2] = -q * (0.05 + 0.008 * flap_deg);
}
