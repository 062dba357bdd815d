// Order, tables, whole numbers, money, colour.

#include <math.h>
#include <stdint.h>

typedef struct { double l, a, b; } Lab;

static void order(double *a, double *b)
{
    if (*a > *b) {
        double t = *a;
        *a = *b;
        *b = t;
    }
}

// The third of five, by a network of comparisons.
#pragma nsc inputs(0, 1)
double median5(const double v[5])
{
    double a = v[0], b = v[1], c = v[2], d = v[3], e = v[4];
    order(&a, &b);
    order(&d, &e);
    order(&c, &e);
    order(&c, &d);
    order(&a, &d);
    order(&a, &c);
    order(&b, &e);
    order(&b, &d);
    order(&b, &c);
    return c;
}

// The mean of six, the least and the greatest left out.
#pragma nsc inputs(0, 1)
double trimmed_mean(const double v[6])
{
    double sum = 0, least = v[0], greatest = v[0];
    for (int i = 0; i < 6; i++) {
        sum += v[i];
        least = fmin(least, v[i]);
        greatest = fmax(greatest, v[i]);
    }
    return (sum - least - greatest) / 4;
}

// Hue in degrees.
#pragma nsc inputs(0, 1)
double hue(double r, double g, double b)
{
    double most = fmax(r, fmax(g, b)), least = fmin(r, fmin(g, b)), chroma = most - least + 1e-9;
    double sixth = most == r ? (g - b) / chroma : most == g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
    return 60 * (sixth < 0 ? sixth + 6 : sixth);
}

// The colour difference of CIEDE2000.
#pragma nsc inputs(-40, 40)
#pragma nsc input(p.l, 20, 90)
#pragma nsc input(q.l, 20, 90)
double ciede2000(Lab p, Lab q)
{
    double degree = acos(-1) / 180, c7 = pow((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2, 7);
    double g = 1.5 - 0.5 * sqrt(c7 / (c7 + 6103515625.0));
    double a1 = p.a * g, a2 = q.a * g, c1 = hypot(a1, p.b), c2 = hypot(a2, q.b);
    double h1 = atan2(p.b, a1) / degree, h2 = atan2(q.b, a2) / degree;
    h1 = h1 < 0 ? h1 + 360 : h1;
    h2 = h2 < 0 ? h2 + 360 : h2;
    double dh = h2 - h1;
    dh = dh > 180 ? dh - 360 : dh < -180 ? dh + 360 : dh;
    double h = fabs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + 360) / 2;
    double l = (p.l + q.l) / 2 - 50, c = (c1 + c2) / 2;
    double t = 1 - 0.17 * cos((h - 30) * degree) + 0.24 * cos(2 * h * degree) + 0.32 * cos((3 * h + 6) * degree) - 0.2 * cos((4 * h - 63) * degree);
    double sl = 1 + 0.015 * l * l / sqrt(20 + l * l), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double dl = (q.l - p.l) / sl, dc = (c2 - c1) / sc, big = 2 * sqrt(c1 * c2) * sin(dh / 2 * degree) / sh;
    double r7 = pow(c, 7), turn = (h - 275) / 25;
    double rt = -2 * sqrt(r7 / (r7 + 6103515625.0)) * sin(60 * degree * exp(-turn * turn));
    return sqrt(dl * dl + dc * dc + big * big + rt * dc * big);
}

static double normal(double x)
{
    return 0.5 * erfc(-x / sqrt(2));
}

// The price of a European call by Black and Scholes.
#pragma nsc input(spot, 60, 140)
#pragma nsc input(strike, 60, 140)
#pragma nsc input(rate, 0, 0.08)
#pragma nsc input(volatility, 0.05, 0.6)
#pragma nsc input(years, 0.05, 2)
double call_price(double spot, double strike, double rate, double volatility, double years)
{
    double d1 = (log(spot / strike) + (rate + volatility * volatility / 2) * years) / (volatility * sqrt(years));
    return spot * normal(d1) - strike * exp(-rate * years) * normal(d1 - volatility * sqrt(years));
}

// The vega of that call by its gamma: how the price moves with the volatility.
#pragma nsc input(spot, 60, 140)
#pragma nsc input(strike, 60, 140)
#pragma nsc input(volatility, 0.05, 0.6)
#pragma nsc input(years, 0.05, 2)
double call_vega(double spot, double strike, double volatility, double years)
{
    double d1 = (log(spot / strike) + volatility * volatility / 2 * years) / (volatility * sqrt(years));
    return spot * exp(-d1 * d1 / 2) / sqrt(2 * acos(-1)) * sqrt(years);
}

// A step of a PID regulator in 16.16 fixed point, its output clamped.
#pragma nsc inputs(-200000, 200000)
int32_t fixed_pid(int32_t error, int32_t last, int32_t integral)
{
    const int32_t kp = 0x18000, ki = 0x04000, kd = 0x20000, limit = 300000;
    int64_t sum = (int64_t)kp * error + (int64_t)ki * (integral + error) + (int64_t)kd * (error - last);
    int32_t out = (int32_t)(sum >> 16);
    return out > limit ? limit : out < -limit ? -limit : out;
}

// A thermistor's temperature, between the entries of a table.
#pragma nsc input(adc, 0, 1023)
#pragma nsc input(gain, 0.9, 1.1)
double thermistor(int adc, double gain)
{
    static const double table[17] = { 150, 120, 101, 88, 78, 69, 61, 54, 47, 40, 33, 26, 18, 9, -2, -16, -40 };
    int cell = adc / 64;
    double part = (adc % 64) / 64.0;
    return gain * (table[cell] + (table[cell + 1] - table[cell]) * part);
}

// A map of ignition angles by speed and load, bilinear.
#pragma nsc input(speed, 500, 6999)
#pragma nsc input(load, 0, 0.999)
double ignition_angle(double speed, double load)
{
    static const double map[6][4] = {
        { 10, 12, 9, 5 }, { 16, 18, 13, 8 }, { 24, 25, 19, 12 }, { 30, 31, 24, 16 }, { 33, 34, 27, 20 }, { 34, 35, 29, 22 },
    };
    double row = speed / 1400, column = load * 3;
    int i = (int)row, j = (int)column;
    double u = row - i, v = column - j;
    return (1 - u) * ((1 - v) * map[i][j] + v * map[i][j + 1]) + u * ((1 - v) * map[i + 1][j] + v * map[i + 1][j + 1]);
}

// The weekday of a date in the Gregorian calendar, 0 on Sunday.
#pragma nsc input(year, 1900, 2099)
#pragma nsc input(month, 1, 12)
#pragma nsc input(day, 1, 28)
int weekday(int year, int month, int day)
{
    static const int first[12] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
    int y = month < 3 ? year - 1 : year;
    return (y + y / 4 - y / 100 + y / 400 + first[month - 1] + day) % 7;
}
