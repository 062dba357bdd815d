// Control: regulators, observers, actuators, scheduling.

#include <math.h>
#include <stdbool.h>

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define CLAMP(v, lo, hi) MIN(MAX(v, lo), hi)

typedef struct {
    float kp, ki, kd;
} pid_gains;

typedef struct {
    float integral, previous;
} pid_state;

typedef struct {
    float output;
    pid_state state;
} pid_result;

static float deadband(float x, float width)
{
    if (x > width)
        return x - width;
    if (x < -width)
        return x + width;
    return 0.0f;
}

// One step of a PID regulator with a clamped output that stops integrating while it saturates.
#pragma nsc input(g.kp, 0.2, 4)
#pragma nsc input(g.ki, 0, 2)
#pragma nsc input(g.kd, 0, 0.1)
#pragma nsc input(s, -1, 1)
#pragma nsc input(error, -1, 1)
#pragma nsc input(dt, 0.05, 0.2)
pid_result pid_step(const pid_gains *g, const pid_state *s, float error, float dt)
{
    pid_result r;
    float integral = s->integral + error * dt;
    float u = g->kp * error + g->ki * integral + g->kd * (error - s->previous) / dt;
    float limited = CLAMP(u, -2.0f, 2.0f);
    r.output = limited;
    r.state.integral = u != limited && u * error > 0.0f ? s->integral : integral;
    r.state.previous = error;
    return r;
}

// Output of a two-point thermostat with hysteresis, power limits and a frost guard.
#pragma nsc input(celsius, 2, 28)
#pragma nsc input(target, 15, 24)
#pragma nsc input(hysteresis, 0.2, 2)
#pragma nsc input(was_on, 0, 1)
#pragma nsc input(eco, 0, 1)
int thermostat(float celsius, float target, float hysteresis, bool was_on, bool eco)
{
    if (celsius < 5.0f)
        return 100;
    if (eco)
        target -= 3.0f;
    float error = target - celsius;
    bool on = was_on ? error > -hysteresis : error > hysteresis;
    if (!on)
        return 0;
    return error > 4.0f ? 100 : 60;
}

// Setpoint that follows a demand with limited slope up and down.
#pragma nsc input(current, 0, 10)
#pragma nsc input(demand, 0, 10)
#pragma nsc input(rise, 0.5, 4)
#pragma nsc input(fall, 0.5, 4)
#pragma nsc input(dt, 0.1, 1)
double ramp_setpoint(double current, double demand, double rise, double fall, double dt)
{
    double step = demand - current;
    if (step > rise * dt)
        step = rise * dt;
    else if (step < -fall * dt)
        step = -fall * dt;
    return current + step;
}

// Feedback of four states with gains, with a friction compensation that depends on the sign of the speed.
#pragma nsc input(state, -1, 1)
#pragma nsc input(gain, -5, 5)
#pragma nsc input(friction, 0, 0.5)
double state_feedback(const double state[4], const double gain[4], double friction)
{
    double u = 0.0;
    for (int i = 0; i < 4; i++)
        u -= gain[i] * state[i];
    u += friction * tanh(state[1] / 0.05);
    return CLAMP(u, -10.0, 10.0);
}

// Corrected position and speed of a tracking observer (alpha-beta filter), with an outlier limit.
#pragma nsc input(position, -2, 2)
#pragma nsc input(speed, -2, 2)
#pragma nsc input(measured, -2, 2)
#pragma nsc input(alpha, 0.1, 0.9)
#pragma nsc input(beta, 0.01, 0.5)
#pragma nsc input(dt, 0.05, 0.5)
void alpha_beta(float position, float speed, float measured, float alpha, float beta, float dt, float *new_position, float *new_speed)
{
    float predicted = position + speed * dt;
    float residual = CLAMP(measured - predicted, -1.5f, 1.5f);
    *new_position = predicted + alpha * residual;
    *new_speed = speed + beta * residual / dt;
}

// Discrete second-order plant: output after a step of its input, from past outputs and inputs.
#pragma nsc input(y1, -1, 1)
#pragma nsc input(y2, -1, 1)
#pragma nsc input(u, -1, 1)
#pragma nsc input(u1, -1, 1)
#pragma nsc input(omega, 0.1, 1)
#pragma nsc input(zeta, 0.1, 1.2)
double plant_output(double y1, double y2, double u, double u1, double omega, double zeta)
{
    double a = exp(-zeta * omega);
    double arg = 1.0 - zeta * zeta;
    double c = arg > 0.0 ? cos(omega * sqrt(arg)) : cosh(omega * sqrt(-arg));
    double p1 = 2.0 * a * c, p2 = a * a;
    double gain = 1.0 - p1 + p2;
    return p1 * y1 - p2 * y2 + 0.5 * gain * (u + u1);
}

// Fuzzy fan speed from temperature and its trend: three by three rules, weighted mean of the outputs.
#pragma nsc input(celsius, 15, 40)
#pragma nsc input(trend, -2, 2)
float fuzzy_fan(float celsius, float trend)
{
    static const float rule[3][3] = { { 0, 10, 25 }, { 20, 45, 65 }, { 60, 85, 100 } };
    float hot[3], up[3];
    hot[0] = CLAMP((25.0f - celsius) / 5.0f, 0.0f, 1.0f);
    hot[2] = CLAMP((celsius - 28.0f) / 6.0f, 0.0f, 1.0f);
    hot[1] = 1.0f - hot[0] - hot[2];
    up[0] = CLAMP(-trend, 0.0f, 1.0f);
    up[2] = CLAMP(trend, 0.0f, 1.0f);
    up[1] = 1.0f - up[0] - up[2];
    float sum = 0.0f, weight = 0.0f;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            float w = hot[i] < up[j] ? hot[i] : up[j];
            sum += w * rule[i][j];
            weight += w;
        }
    }
    return sum / weight;
}

// Valve opening for a wanted flow with an equal-percentage valve in a pipe with its own resistance.
#pragma nsc input(flow, 0.5, 10)
#pragma nsc input(pressure, 1, 6)
#pragma nsc input(pipe, 0, 0.02)
#pragma nsc input(kvs, 6, 16)
double valve_opening(double flow, double pressure, double pipe, double kvs)
{
    double left = pressure - pipe * flow * flow;
    if (left <= 0.05)
        return 1.0;
    double kv = flow / sqrt(left);
    double opening = 1.0 + log(kv / kvs) / log(50.0);
    return CLAMP(opening, 0.0, 1.0);
}

// Gains of a regulator from a step response by one of three tuning rules.
#pragma nsc input(gain, 0.5, 4)
#pragma nsc input(lag, 3, 20)
#pragma nsc input(dead_time, 1, 5)
#pragma nsc input(rule, 0, 2)
pid_gains tune_pid(float gain, float lag, float dead_time, int rule)
{
    pid_gains g;
    float ratio = lag / dead_time;
    if (rule == 0) {
        g.kp = 1.2f * ratio / gain;
        g.ki = g.kp / (2.0f * dead_time);
        g.kd = g.kp * 0.5f * dead_time;
    } else if (rule == 1) {
        g.kp = (1.35f * ratio + 0.25f) / gain;
        g.ki = g.kp / (dead_time * (2.5f + 0.46f / ratio) / (1.0f + 0.61f / ratio));
        g.kd = g.kp * 0.37f * dead_time / (1.0f + 0.19f / ratio);
    } else {
        g.kp = lag / (gain * (dead_time + 0.5f * lag));
        g.ki = g.kp / lag;
        g.kd = 0.0f;
    }
    return g;
}

// Throttle of a cruise control with feed-forward for slope and air drag.
#pragma nsc input(speed, 10, 45)
#pragma nsc input(target, 15, 40)
#pragma nsc input(slope, -0.08, 0.08)
#pragma nsc input(mass, 900, 2500)
#pragma nsc input(integral, -0.2, 0.2)
double cruise_throttle(double speed, double target, double slope, double mass, double integral)
{
    double force = mass * 9.81 * (slope + 0.012) + 0.4 * target * target;
    double feed = force * target / 90000.0;
    double u = feed + 0.08 * (target - speed) + integral;
    return CLAMP(u, 0.0, 1.0);
}

// Distance regulator of an adaptive cruise control: acceleration from gap, own speed and the leader's speed.
#pragma nsc input(gap, 2, 100)
#pragma nsc input(speed, 0, 35)
#pragma nsc input(leader, 0, 35)
#pragma nsc input(headway, 1, 2.5)
#pragma nsc input(wanted, 15, 35)
double follow_acceleration(double gap, double speed, double leader, double headway, double wanted)
{
    const double accel = 1.4, brake = 2.0;
    double closing = speed * (speed - leader) / (2.0 * sqrt(accel * brake));
    double need = 2.0 + MAX(0.0, speed * headway + closing);
    double ratio = speed / wanted;
    double a = accel * (1.0 - pow(ratio, 4.0) - (need / gap) * (need / gap));
    return a < -8.0 ? -8.0 : a;
}

enum mode { MODE_OFF, MODE_MANUAL, MODE_AUTO, MODE_BOOST };

// Heater power in watts for an operating mode, with an overheat cut-out.
#pragma nsc input(mode, 0, 3)
#pragma nsc input(manual, 0, 2000)
#pragma nsc input(temperature, 20, 95)
#pragma nsc input(target, 40, 70)
#pragma nsc input(supply_ok, 0, 1)
int heater_power(int mode, int manual, float temperature, float target, bool supply_ok)
{
    if (!supply_ok || temperature > 90.0f)
        return 0;
    switch (mode) {
    case MODE_MANUAL:
        return manual;
    case MODE_AUTO: {
        float p = 120.0f * (target - temperature);
        return (int)CLAMP(p, 0.0f, 2000.0f);
    }
    case MODE_BOOST:
        return temperature < target + 10.0f ? 2400 : 1200;
    case MODE_OFF:
    default:
        return 0;
    }
}

// Duty cycles of three half-bridges for a voltage vector (sinusoidal with common-mode injection).
#pragma nsc input(alpha, -0.6, 0.6)
#pragma nsc input(beta, -0.6, 0.6)
#pragma nsc input(bus, 0.9, 1.2)
void space_vector_duty(float alpha, float beta, float bus, float duty[3])
{
    float v[3];
    v[0] = alpha;
    v[1] = -0.5f * alpha + 0.8660254f * beta;
    v[2] = -0.5f * alpha - 0.8660254f * beta;
    float top = fmaxf(v[0], fmaxf(v[1], v[2]));
    float bottom = fminf(v[0], fminf(v[1], v[2]));
    float shift = 0.5f * (top + bottom);
    for (int i = 0; i < 3; i++)
        duty[i] = CLAMP(0.5f + (v[i] - shift) / bus, 0.0f, 1.0f);
}

// Currents of a motor in the rotating frame from two phase currents and the rotor's angle.
#pragma nsc input(ia, -10, 10)
#pragma nsc input(ib, -10, 10)
#pragma nsc input(theta, 0, 6.283)
void park_transform(float ia, float ib, float theta, float *id, float *iq)
{
    float alpha = ia;
    float beta = (ia + 2.0f * ib) * 0.57735027f;
    float c = cosf(theta), s = sinf(theta);
    *id = alpha * c + beta * s;
    *iq = beta * c - alpha * s;
}

// Sliding-mode control of a double integrator with a boundary layer.
#pragma nsc input(position, -2, 2)
#pragma nsc input(speed, -2, 2)
#pragma nsc input(lambda, 0.5, 3)
#pragma nsc input(gain, 0.5, 4)
#pragma nsc input(layer, 0.05, 0.5)
float sliding_mode(float position, float speed, float lambda, float gain, float layer)
{
    float s = speed + lambda * position;
    float sat = fabsf(s) < layer ? s / layer : copysignf(1.0f, s);
    return -lambda * speed - gain * sat;
}

// Final temperature after eight steps of a furnace under proportional control.
#pragma nsc input(start, 20, 200)
#pragma nsc input(target, 100, 400)
#pragma nsc input(kp, 0.01, 0.1)
#pragma nsc input(loss, 0.02, 0.2)
#pragma nsc input(power, 20, 120)
float furnace_after(float start, float target, float kp, float loss, float power)
{
    float t = start;
    for (int k = 0; k < 8; k++) {
        float u = CLAMP(kp * (target - t), 0.0f, 1.0f);
        t += power * u - loss * (t - 20.0f);
    }
    return t;
}

// Joystick value with a dead zone, an exponential curve and a reversed axis.
#pragma nsc input(raw, 0, 1023)
#pragma nsc input(centre, 480, 540)
#pragma nsc input(expo, 0, 1)
#pragma nsc input(reversed, 0, 1)
float shape_stick(int raw, int centre, float expo, bool reversed)
{
    float x = deadband((float)(raw - centre) / 512.0f, 0.04f) / 0.96f;
    x = CLAMP(x, -1.0f, 1.0f);
    float y = (1.0f - expo) * x + expo * x * x * x;
    return reversed ? -y : y;
}

// Gain that is scheduled over airspeed and altitude in a table.
#pragma nsc input(airspeed, 40, 260)
#pragma nsc input(altitude, 0, 12000)
float scheduled_gain(float airspeed, float altitude)
{
    static const float table[3][4] = {
        { 2.4f, 1.6f, 1.1f, 0.8f },
        { 2.8f, 1.9f, 1.3f, 0.95f },
        { 3.3f, 2.3f, 1.6f, 1.2f },
    };
    float x = CLAMP((airspeed - 60.0f) / 60.0f, 0.0f, 2.999f);
    float y = CLAMP(altitude / 5000.0f, 0.0f, 1.999f);
    int i = (int)y, j = (int)x;
    float fx = x - (float)j, fy = y - (float)i;
    float low = table[i][j] * (1.0f - fx) + table[i][j + 1] * fx;
    float high = table[i + 1][j] * (1.0f - fx) + table[i + 1][j + 1] * fx;
    return low + fy * (high - low);
}

// Smith predictor: control error corrected by the difference of a model with and without dead time.
#pragma nsc input(target, -1, 1)
#pragma nsc input(measured, -1, 1)
#pragma nsc input(history, -1, 1)
#pragma nsc input(model, -1, 1)
#pragma nsc input(pole, 0.5, 0.95)
float smith_error(float target, float measured, const float history[4], float model, float pole)
{
    float delayed = model, undelayed = model;
    for (int i = 0; i < 4; i++)
        undelayed = pole * undelayed + (1.0f - pole) * history[i];
    return target - measured - (undelayed - delayed);
}

// Next state of a linear system of three states with one input, and its output.
#pragma nsc input(a, -0.6, 0.6)
#pragma nsc input(x, -1, 1)
#pragma nsc input(b, -1, 1)
#pragma nsc input(u, -1, 1)
void next_state(const float a[3][3], const float x[3], const float b[3], float u, float next[3])
{
    for (int i = 0; i < 3; i++) {
        next[i] = b[i] * u;
        for (int j = 0; j < 3; j++)
            next[i] += a[i][j] * x[j];
    }
}

// Voted value of three redundant sensors with health bits, and how far the healthy ones disagree.
#pragma nsc input(value, 0, 10)
#pragma nsc input(healthy, 0, 1)
#pragma nsc input(last, 0, 10)
#pragma nsc input(tolerance, 0.2, 2)
#pragma nsc input(drift, -0.1, 0.1)
void vote(const float value[3], const bool healthy[3], float last, float tolerance, const float drift[3], float *voted, float *spread)
{
    float sum = 0.0f, low = 100.0f, high = -100.0f;
    int used = 0;
    for (int i = 0; i < 3; i++) {
        if (!healthy[i])
            continue;
        float v = value[i] - drift[i];
        sum += v;
        low = MIN(low, v);
        high = MAX(high, v);
        used++;
    }
    float apart = used > 1 ? high - low : 0.0f;
    *spread = apart;
    if (used == 0)
        *voted = last;
    else if (used < 3 || apart <= tolerance)
        *voted = sum / (float)used;
    else
        *voted = sum - low - high;
}
