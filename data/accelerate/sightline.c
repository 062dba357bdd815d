// sightline: how much light of a star or of the sun reaches an observer through the atmosphere.
//
// The optical depth along a straight line of sight, integrated by the midpoint rule over 96 shells that grow with the distance:
// molecules scatter (Rayleigh, the fourth power of the wavelength), haze sits in the lowest kilometres. This text is our own.
//
// Inputs   altitude      of the observer, kilometres
//          elevation     of the line of sight above the horizon, degrees
//          haze          optical depth of the haze at sea level, straight up, at 0.55 micrometres
//          scale_height  of the air, kilometres
//          wavelength    micrometres
// Output   the share of the light that arrives

#include <math.h>

#define SHELLS 96

static const double earth_radius = 6371.0;
static const double path_length = 1000.0;
static const double haze_height = 1.2;

#pragma nsc input(altitude, 0, 4)
#pragma nsc input(elevation, 5, 90)
#pragma nsc input(haze, 0.02, 0.4)
#pragma nsc input(scale_height, 7, 9)
#pragma nsc input(wavelength, 0.4, 0.8)

double sightline(double altitude, double elevation, double haze, double scale_height, double wavelength)
{
    double rise = sin(elevation * 0.017453292519943295);
    double from_centre = earth_radius + altitude;
    double air = 0.0, dust = 0.0;
    for (int i = 0; i < SHELLS; i++)
    {
        double t = (i + 0.5) / SHELLS;
        double distance = path_length * t * t * t;
        double step = 3.0 * path_length * t * t / SHELLS;
        double height = sqrt(from_centre * from_centre + distance * distance + 2.0 * from_centre * distance * rise) - earth_radius;
        air += step * exp(-height / scale_height);
        dust += step * exp(-height / haze_height);
    }

    double per_micrometre = 1.0 / (wavelength * wavelength);
    double molecules = 0.008569 * per_micrometre * per_micrometre * (1.0 + 0.0113 * per_micrometre);
    double particles = haze * pow(wavelength / 0.55, -1.3);
    return exp(-(molecules * air / 8.0 + particles * dust / haze_height));
}
