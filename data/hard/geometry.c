// Rotations, curves, areas, distances on the earth.

#include <math.h>

typedef struct { double w, x, y, z; } Quaternion;
typedef struct { double x, y, z; } Vector;
typedef struct { double x, y; } Point;

static double dot(Quaternion a, Quaternion b)
{
    return a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z;
}

static Quaternion blend(Quaternion a, double s, Quaternion b, double t)
{
    return (Quaternion){ s * a.w + t * b.w, s * a.x + t * b.x, s * a.y + t * b.y, s * a.z + t * b.z };
}

// Turns a vector by a quaternion, which need not have length 1.
#pragma nsc inputs(-1, 1)
Vector quaternion_rotate(Quaternion q, Vector v)
{
    double tx = 2 * (q.y * v.z - q.z * v.y);
    double ty = 2 * (q.z * v.x - q.x * v.z);
    double tz = 2 * (q.x * v.y - q.y * v.x);
    return (Vector){
        v.x + q.w * tx + q.y * tz - q.z * ty,
        v.y + q.w * ty + q.z * tx - q.x * tz,
        v.z + q.w * tz + q.x * ty - q.y * tx,
    };
}

// Spherical interpolation of two rotations.
#pragma nsc inputs(-1, 1)
#pragma nsc input(t, 0, 1)
Quaternion slerp(Quaternion a, Quaternion b, double t)
{
    a = blend(a, 1 / sqrt(dot(a, a) + 1e-12), a, 0);
    b = blend(b, 1 / sqrt(dot(b, b) + 1e-12), b, 0);
    double cosine = dot(a, b);
    if (cosine < 0) {
        b = blend(b, -1, b, 0);
        cosine = -cosine;
    }
    if (cosine > 0.9995) {
        return blend(a, 1 - t, b, t);
    }
    double angle = acos(cosine);
    return blend(a, sin((1 - t) * angle) / sin(angle), b, sin(t * angle) / sin(angle));
}

// The area of a triangle with corners in space.
#pragma nsc inputs(-1, 1)
double triangle_area(Vector a, Vector b, Vector c)
{
    double ux = b.x - a.x, uy = b.y - a.y, uz = b.z - a.z;
    double vx = c.x - a.x, vy = c.y - a.y, vz = c.z - a.z;
    double x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx;
    return 0.5 * sqrt(x * x + y * y + z * z);
}

// The area of a triangle by the lengths of its sides, which Heron knew.
#pragma nsc inputs(1, 1.9)
double heron(double a, double b, double c)
{
    double s = (a + b + c) / 2;
    return sqrt(s * (s - a) * (s - b) * (s - c));
}

// The signed area of a quadrilateral, by its corners in turn.
#pragma nsc inputs(-1, 1)
double shoelace(const Point p[4])
{
    double twice = 0;
    for (int i = 0; i < 4; i++) {
        Point a = p[i], b = p[(i + 1) % 4];
        twice += a.x * b.y - b.x * a.y;
    }
    return twice / 2;
}

// A point of a cubic Bezier curve.
#pragma nsc inputs(-1, 1)
#pragma nsc input(t, 0, 1)
Point bezier(const Point p[4], double t)
{
    double s = 1 - t;
    double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
    return (Point){ a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y };
}

// A point of a spline through points, by Catmull and Rom.
#pragma nsc inputs(-1, 1)
#pragma nsc input(t, 0, 1)
double catmull_rom(const double p[4], double t)
{
    return 0.5 * (2 * p[1] + t * (p[2] - p[0] + t * (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3] + t * (3 * (p[1] - p[2]) + p[3] - p[0]))));
}

// The great-circle distance in kilometres, of degrees.
#pragma nsc inputs(-90, 90)
#pragma nsc input(lon1, -180, 180)
#pragma nsc input(lon2, -180, 180)
double haversine(double lat1, double lon1, double lat2, double lon2)
{
    double degree = acos(-1) / 180;
    double a = sin((lat2 - lat1) * degree / 2), b = sin((lon2 - lon1) * degree / 2);
    return 2 * 6371.0 * asin(sqrt(a * a + cos(lat1 * degree) * cos(lat2 * degree) * b * b));
}

// The first course from one place to another, in degrees from north.
#pragma nsc inputs(-60, 60)
#pragma nsc input(lon1, 0, 90)
#pragma nsc input(lon2, 0, 90)
double initial_bearing(double lat1, double lon1, double lat2, double lon2)
{
    double degree = acos(-1) / 180, d = (lon2 - lon1) * degree;
    double y = sin(d) * cos(lat2 * degree);
    double x = cos(lat1 * degree) * sin(lat2 * degree) - sin(lat1 * degree) * cos(lat2 * degree) * cos(d);
    return fmod(atan2(y, x) / degree + 360, 360);
}

// Latitude, longitude and height on the ellipsoid to a point in metres.
#pragma nsc input(lat, -80, 80)
#pragma nsc input(lon, -180, 180)
#pragma nsc input(height, 0, 9000)
Vector geodetic_to_cartesian(double lat, double lon, double height)
{
    double degree = acos(-1) / 180, e2 = 6.69437999014e-3;
    double n = 6378137.0 / sqrt(1 - e2 * sin(lat * degree) * sin(lat * degree));
    return (Vector){
        (n + height) * cos(lat * degree) * cos(lon * degree),
        (n + height) * cos(lat * degree) * sin(lon * degree),
        (n * (1 - e2) + height) * sin(lat * degree),
    };
}

// An angle in degrees brought to [-180, 180).
#pragma nsc input(angle, -720, 720)
#pragma nsc input(offset, -180, 180)
double wrap_angle(double angle, double offset)
{
    double turned = fmod(angle + offset + 180, 360);
    return (turned < 0 ? turned + 360 : turned) - 180;
}
