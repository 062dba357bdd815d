// Astronomy: orbits, time, coordinates, light, stars.

#include <math.h>

#define DEG (M_PI / 180.0)
#define AU_KM 149597870.7

struct orbit {
    double a;           // semi-major axis in astronomical units
    double e;           // eccentricity
    double inclination; // degrees
    double node;        // degrees
    double periapsis;   // degrees
};

struct equatorial {
    double ra_deg, dec_deg;
};

struct vector {
    double x, y, z;
};

static double wrap360(double deg)
{
    return deg - 360.0 * floor(deg / 360.0);
}

static double solve_kepler(double mean, double e)
{
    double ecc = mean + e * sin(mean);
    for (int i = 0; i < 5; i++)
        ecc -= (ecc - e * sin(ecc) - mean) / (1.0 - e * cos(ecc));
    return ecc;
}

// Eccentric anomaly in radians by Newton's method.
#pragma nsc input(mean, -3.1, 3.1)
#pragma nsc input(e, 0, 0.8)
double eccentric_anomaly(double mean, double e)
{
    return solve_kepler(mean, e);
}

// Position of a planet in the ecliptic frame at a mean anomaly in degrees.
#pragma nsc input(o.a, 0.3, 5)
#pragma nsc input(o.e, 0, 0.6)
#pragma nsc input(o.inclination, 0, 40)
#pragma nsc input(o.node, 0, 360)
#pragma nsc input(o.periapsis, 0, 360)
#pragma nsc input(mean_deg, -180, 180)
struct vector orbit_position(const struct orbit *o, double mean_deg)
{
    double ecc = solve_kepler(mean_deg * DEG, o->e);
    double px = o->a * (cos(ecc) - o->e);
    double py = o->a * sqrt(1.0 - o->e * o->e) * sin(ecc);
    double cw = cos(o->periapsis * DEG), sw = sin(o->periapsis * DEG);
    double cn = cos(o->node * DEG), sn = sin(o->node * DEG);
    double ci = cos(o->inclination * DEG), si = sin(o->inclination * DEG);
    double u = cw * px - sw * py, v = sw * px + cw * py;
    struct vector r = { cn * u - sn * ci * v, sn * u + cn * ci * v, si * v };
    return r;
}

// Speed on an elliptic orbit in kilometres per second at a distance, clamped to the ellipse.
#pragma nsc input(a_km, 7000, 42000)
#pragma nsc input(e, 0, 0.7)
#pragma nsc input(r_km, 6500, 60000)
double orbital_speed(double a_km, double e, double r_km)
{
    const double mu = 398600.4418;
    double lo = a_km * (1.0 - e), hi = a_km * (1.0 + e);
    double r = r_km < lo ? lo : r_km > hi ? hi : r_km;
    return sqrt(mu * (2.0 / r - 1.0 / a_km));
}

// Change of speed for a transfer between two circular orbits (Hohmann), with a change of plane at the far end.
#pragma nsc input(r1, 6700, 12000)
#pragma nsc input(r2, 12000, 45000)
#pragma nsc input(plane_deg, 0, 30)
double transfer_delta_v(double r1, double r2, double plane_deg)
{
    const double mu = 398600.4418;
    double a = 0.5 * (r1 + r2);
    double v1 = sqrt(mu / r1), v2 = sqrt(mu / r2);
    double leave = sqrt(mu * (2.0 / r1 - 1.0 / a)) - v1;
    double arrive = sqrt(mu * (2.0 / r2 - 1.0 / a));
    double turn = sqrt(arrive * arrive + v2 * v2 - 2.0 * arrive * v2 * cos(plane_deg * DEG));
    return leave + turn;
}

// Julian day number of a date at noon in the Gregorian calendar, counted from the year 2000.
#pragma nsc input(year, 1950, 2050)
#pragma nsc input(month, 1, 12)
#pragma nsc input(day, 1, 28)
int days_since_2000(int year, int month, int day)
{
    int a = (14 - month) / 12;
    int y = year + 4800 - a;
    int m = month + 12 * a - 3;
    int jd = day + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32045;
    return jd - 2451545;
}

// Sidereal time at a longitude in degrees from days since 2000 within one year and the hour.
#pragma nsc input(days, 0, 30)
#pragma nsc input(hour, 0, 24)
#pragma nsc input(longitude, -180, 180)
double sidereal_degrees(double days, double hour, double longitude)
{
    double d = days - 0.5 + hour / 24.0;
    return wrap360(280.46061837 + 360.98564736629 * d + longitude);
}

// Altitude and azimuth in degrees of a star from its hour angle, declination and the observer's latitude.
#pragma nsc input(hour_angle, -180, 180)
#pragma nsc input(declination, -80, 80)
#pragma nsc input(latitude, -70, 70)
void horizontal(double hour_angle, double declination, double latitude, double *altitude, double *azimuth)
{
    double h = hour_angle * DEG, d = declination * DEG, p = latitude * DEG;
    double s = sin(p) * sin(d) + cos(p) * cos(d) * cos(h);
    *altitude = asin(fmin(fmax(s, -1.0), 1.0)) / DEG;
    *azimuth = atan2(-sin(h) * cos(d), cos(p) * sin(d) - sin(p) * cos(d) * cos(h)) / DEG;
}

// Declination of the sun and the equation of time in minutes for a day of the year.
#pragma nsc input(day, 1, 365)
#pragma nsc input(hour, 0, 23)
void sun_position(int day, int hour, double *declination_deg, double *equation_minutes)
{
    double g = 2.0 * M_PI / 365.0 * (day - 1 + (hour - 12) / 24.0);
    *equation_minutes = 229.18 * (0.000075 + 0.001868 * cos(g) - 0.032077 * sin(g) - 0.014615 * cos(2 * g) - 0.040849 * sin(2 * g));
    *declination_deg = (0.006918 - 0.399912 * cos(g) + 0.070257 * sin(g) - 0.006758 * cos(2 * g) + 0.000907 * sin(2 * g)) / DEG;
}

// Hours of daylight for a latitude and a day of the year; 0 or 24 within the polar circles.
#pragma nsc input(latitude, -75, 75)
#pragma nsc input(day, 1, 365)
double daylight_hours(double latitude, int day)
{
    double decl = -23.44 * DEG * cos(2.0 * M_PI * (day + 10) / 365.0);
    double c = (sin(-0.833 * DEG) - sin(latitude * DEG) * sin(decl)) / (cos(latitude * DEG) * cos(decl));
    if (c >= 1.0)
        return 0.0;
    if (c <= -1.0)
        return 24.0;
    return 24.0 / M_PI * acos(c);
}

// Angle between two stars in degrees, stable for small angles.
#pragma nsc input(p.ra_deg, 0, 360)
#pragma nsc input(p.dec_deg, -89, 89)
#pragma nsc input(q.ra_deg, 0, 360)
#pragma nsc input(q.dec_deg, -89, 89)
double star_separation(struct equatorial p, struct equatorial q)
{
    double dra = (q.ra_deg - p.ra_deg) * DEG;
    double d1 = p.dec_deg * DEG, d2 = q.dec_deg * DEG;
    double x = cos(d2) * sin(dra);
    double y = cos(d1) * sin(d2) - sin(d1) * cos(d2) * cos(dra);
    double z = sin(d1) * sin(d2) + cos(d1) * cos(d2) * cos(dra);
    return atan2(sqrt(x * x + y * y), z) / DEG;
}

// Ecliptic longitude and latitude of a star.
#pragma nsc input(star.ra_deg, 0, 360)
#pragma nsc input(star.dec_deg, -85, 85)
#pragma nsc input(obliquity, 22, 25)
void ecliptic(struct equatorial star, double obliquity, double out[2])
{
    double a = star.ra_deg * DEG, d = star.dec_deg * DEG, e = obliquity * DEG;
    out[0] = atan2(sin(a) * cos(e) + tan(d) * sin(e), cos(a)) / DEG;
    out[1] = asin(sin(d) * cos(e) - cos(d) * sin(e) * sin(a)) / DEG;
}

// Lift of a star by the atmosphere in arc minutes at an apparent altitude.
#pragma nsc input(altitude, 0, 90)
#pragma nsc input(hectopascal, 700, 1040)
#pragma nsc input(celsius, -30, 40)
double refraction_minutes(double altitude, double hectopascal, double celsius)
{
    double r = 1.0 / tan((altitude + 7.31 / (altitude + 4.4)) * DEG);
    double scale = hectopascal / 1010.0 * 283.0 / (273.0 + celsius);
    return fmax(r, 0.0) * scale;
}

// Air mass towards a zenith angle and the dimming in magnitudes that follows.
#pragma nsc input(zenith_deg, 0, 88)
#pragma nsc input(extinction, 0.1, 0.6)
#pragma nsc input(height_km, 0, 4)
double extinction_magnitudes(double zenith_deg, double extinction, double height_km)
{
    double mass = 1.0 / (cos(zenith_deg * DEG) + 0.50572 * pow(96.07995 - zenith_deg, -1.6364));
    return extinction * mass * exp(-height_km / 8.0);
}

// Combined magnitude of up to four stars that the eye cannot separate.
#pragma nsc input(magnitude, -1, 6)
#pragma nsc input(count, 1, 4)
double combined_magnitude(const double magnitude[4], int count)
{
    double flux = 0.0;
    for (int i = 0; i < 4; i++) {
        if (i < count)
            flux += pow(10.0, -0.4 * magnitude[i]);
    }
    return -2.5 * log10(flux);
}

enum stellar { WHITE_DWARF, MAIN_SEQUENCE, GIANT };

// Luminosity of a star in suns by its mass and class, and its life on the main sequence in billions of years.
#pragma nsc input(kind, 0, 2)
#pragma nsc input(mass, 0.2, 8)
#pragma nsc input(age, 0, 10)
void star_luminosity(int kind, double mass, double age, double *luminosity, double *life)
{
    double l;
    if (mass < 0.43)
        l = 0.23 * pow(mass, 2.3);
    else if (mass < 2.0)
        l = pow(mass, 4.0);
    else
        l = 1.4 * pow(mass, 3.5);
    *life = 10.0 * mass / l;
    switch (kind) {
    case WHITE_DWARF:
        *luminosity = 0.05 * mass / (1.0 + age);
        break;
    case GIANT:
        *luminosity = 20.0 * pow(mass, 1.5);
        break;
    default:
        *luminosity = l * (1.0 + 0.3 * fmin(age / *life, 1.0));
        break;
    }
}

// Temperature of a planet in kelvin from its star, distance, albedo and a greenhouse factor.
#pragma nsc input(star_kelvin, 3000, 9000)
#pragma nsc input(star_radius, 0.3, 2)
#pragma nsc input(distance_au, 0.3, 4)
#pragma nsc input(albedo, 0, 0.8)
#pragma nsc input(greenhouse, 0, 0.7)
double planet_temperature(double star_kelvin, double star_radius, double distance_au, double albedo, double greenhouse)
{
    double ratio = star_radius * 695700.0 / (2.0 * distance_au * AU_KM);
    return star_kelvin * sqrt(ratio) * pow((1.0 - albedo) / (1.0 - 0.5 * greenhouse), 0.25);
}

// Brightness of a star while a planet crosses it: linear limb darkening, overlap taken as linear in the distance.
#pragma nsc input(time, -1.5, 1.5)
#pragma nsc input(impact, 0, 1)
#pragma nsc input(radius_ratio, 0.02, 0.2)
#pragma nsc input(darkening, 0, 0.8)
double transit_brightness(double time, double impact, double radius_ratio, double darkening)
{
    double d = sqrt(time * time + impact * impact);
    double p = radius_ratio;
    if (d >= 1.0 + p)
        return 1.0;
    double cover = d <= 1.0 - p ? 1.0 : 0.5 * (1.0 + p - d) / p;
    double mu = sqrt(fmax(1.0 - d * d, 0.0));
    double local = (1.0 - darkening * (1.0 - mu)) / (1.0 - darkening / 3.0);
    return 1.0 - p * p * cover * local;
}

// Distance in billions of light years of light at a redshift, by Simpson's rule in a flat universe.
#pragma nsc input(redshift, 0.01, 5)
#pragma nsc input(hubble, 60, 80)
#pragma nsc input(matter, 0.1, 0.5)
double comoving_distance(double redshift, double hubble, double matter)
{
    double sum = 0.0, h = redshift / 8.0;
    for (int i = 0; i <= 8; i++) {
        double z1 = 1.0 + i * h;
        double f = 1.0 / sqrt(matter * z1 * z1 * z1 + 1.0 - matter);
        sum += f * (i == 0 || i == 8 ? 1.0 : i % 2 ? 4.0 : 2.0);
    }
    return 299792.458 / hubble * sum * h / 3.0 * 3.2616e-3;
}

// Acceleration of a spacecraft by the sun and two planets in the plane, in arbitrary units.
#pragma nsc input(x, 0.5, 2)
#pragma nsc input(y, -2, 2)
#pragma nsc input(planet, -3, -0.5)
#pragma nsc input(mass, 0.01, 0.5)
void three_body_pull(double x, double y, const double planet[2][2], const double mass[2], double pull[2])
{
    double r2 = x * x + y * y, r3 = r2 * sqrt(r2);
    pull[0] = -x / r3;
    pull[1] = -y / r3;
    for (int i = 0; i < 2; i++) {
        double dx = planet[i][0] - x, dy = planet[i][1] - y;
        double d2 = dx * dx + dy * dy + 1e-2;
        double f = mass[i] / (d2 * sqrt(d2));
        pull[0] += f * dx;
        pull[1] += f * dy;
    }
}

// Lit fraction of a planet's disc and its phase angle in degrees, from the three distances.
#pragma nsc input(sun_planet, 0.4, 0.8)
#pragma nsc input(sun_earth, 0.98, 1.02)
#pragma nsc input(elongation, 0, 6.28)
double lit_fraction(double sun_planet, double sun_earth, double elongation)
{
    double px = sun_planet * cos(elongation) - sun_earth, py = sun_planet * sin(elongation);
    double delta = sqrt(px * px + py * py);
    double c = (sun_planet * sun_planet + delta * delta - sun_earth * sun_earth) / (2.0 * sun_planet * delta);
    return 0.5 * (1.0 + c);
}

// Mean motion elements after a kick: semi-major axis and eccentricity from place and velocity in canonical units.
#pragma nsc input(place, 0.6, 1.2)
#pragma nsc input(velocity.x, -0.4, 0)
#pragma nsc input(velocity.y, 0.2, 0.5)
#pragma nsc input(velocity.z, -0.3, 0.3)
#pragma nsc input(kick, -0.1, 0.1)
void elements_after_kick(struct vector place, struct vector velocity, struct vector kick, double *axis, double *eccentricity)
{
    double vx = velocity.x + kick.x, vy = velocity.y + kick.y, vz = velocity.z + kick.z;
    double r = sqrt(place.x * place.x + place.y * place.y + place.z * place.z);
    double v2 = vx * vx + vy * vy + vz * vz;
    double rv = place.x * vx + place.y * vy + place.z * vz;
    double a = 1.0 / (2.0 / r - v2);
    double radial = 1.0 - r / a;
    *axis = a;
    *eccentricity = sqrt(radial * radial + rv * rv / a);
}

// Radial velocity in metres per second that two planets on circular orbits give their star.
#pragma nsc input(k, 5, 60)
#pragma nsc input(period, 2, 20)
#pragma nsc input(phase, 0, 6.28)
#pragma nsc input(t, 0, 10)
#pragma nsc input(drift, -1, 1)
#pragma nsc input(offset, -20, 20)
double radial_velocity(const double k[2], const double period[2], const double phase[2], double t, double drift, double offset)
{
    double v = offset + drift * t;
    for (int i = 0; i < 2; i++)
        v += k[i] * cos(2.0 * M_PI * t / period[i] + phase[i]);
    return v;
}

// Background-corrected brightness of a star in a 3 x 4 cut-out of a detector, outer columns as the sky.
#pragma nsc input(pixel, 100, 400)
#pragma nsc input(gain, 0.5, 2)
#pragma nsc input(zero_point, 20, 25)
double aperture_magnitude(const float pixel[3][4], double gain, double zero_point)
{
    double sky = 0.0, star = 0.0;
    for (int row = 0; row < 3; row++) {
        sky += (pixel[row][0] + pixel[row][3]) / 6.0;
        star += pixel[row][1] + pixel[row][2];
    }
    double counts = gain * (star - 6.0 * sky);
    return zero_point - 2.5 * log10(fmax(counts, 10.0));
}

// Distance of a cluster's star in parsecs from a parallax, corrected for a zero point that depends on colour and brightness.
#pragma nsc input(parallax_mas, 1, 20)
#pragma nsc input(magnitude, 5, 20)
#pragma nsc input(colour, -0.3, 3)
#pragma nsc input(latitude, -60, 60)
double parallax_distance(double parallax_mas, double magnitude, double colour, double latitude)
{
    double zero = magnitude < 11.0 ? -0.02 : magnitude < 16.0 ? -0.02 - 0.004 * (magnitude - 11.0) : -0.04;
    zero += colour > 1.6 ? 0.005 * (colour - 1.6) : 0.0;
    zero += 0.01 * sin(latitude * DEG) * sin(latitude * DEG);
    return 1000.0 / (parallax_mas - zero);
}
