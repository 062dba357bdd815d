// Geometry: distances, areas, intersections, transforms, maps.

#include <math.h>

typedef struct { double x, y; } Point;
typedef struct { Point min, max; } Box;
typedef struct { Point a, b; } Segment;
typedef struct { Point centre; double radius; } Circle;
typedef struct { float x, y, z; } Vec;

static double cross2(Point o, Point a, Point b)
{
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

static Vec cross(Vec a, Vec b)
{
    return (Vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static float dot(Vec a, Vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static Vec minus(Vec a, Vec b)
{
    return (Vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

// Signed area of a polygon of six corners (shoelace formula).
#pragma nsc inputs(-2, 2)
double hexagon_area(const Point corner[6])
{
    double twice = 0;
    for (int i = 0, j = 5; i < 6; j = i++)
        twice += corner[j].x * corner[i].y - corner[i].x * corner[j].y;
    return 0.5 * twice;
}

// Distance from a point to a segment.
#pragma nsc inputs(-3, 3)
double point_segment_distance(Point p, Segment s)
{
    double dx = s.b.x - s.a.x, dy = s.b.y - s.a.y;
    double len2 = dx * dx + dy * dy;
    double t = 0;
    if (len2 > 1e-12)
        t = ((p.x - s.a.x) * dx + (p.y - s.a.y) * dy) / len2;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(p.x - s.a.x - t * dx, p.y - s.a.y - t * dy);
}

// Whether two segments in the plane cross properly.
#pragma nsc inputs(0, 1)
int segments_cross(Segment s, Segment t)
{
    double d1 = cross2(s.a, s.b, t.a), d2 = cross2(s.a, s.b, t.b);
    double d3 = cross2(t.a, t.b, s.a), d4 = cross2(t.a, t.b, s.b);
    return d1 * d2 < 0 && d3 * d4 < 0;
}

// Area in which two boxes overlap, as a fraction of their union.
#pragma nsc inputs(0, 1)
#pragma nsc input(a.max, 1.1, 2)
#pragma nsc input(b.max, 1.1, 2)
double box_overlap(Box a, Box b)
{
    double w = fmin(a.max.x, b.max.x) - fmax(a.min.x, b.min.x);
    double h = fmin(a.max.y, b.max.y) - fmax(a.min.y, b.min.y);
    double common = w > 0 && h > 0 ? w * h : 0;
    double area_a = (a.max.x - a.min.x) * (a.max.y - a.min.y);
    double area_b = (b.max.x - b.min.x) * (b.max.y - b.min.y);
    return common / (area_a + area_b - common);
}

// Area of the lens that two circles have in common.
#pragma nsc input(r1, 0.5, 2)
#pragma nsc input(r2, 0.5, 2)
#pragma nsc input(d, 0.01, 4)
double circle_lens(double r1, double r2, double d)
{
    if (d >= r1 + r2)
        return 0;
    double small = r1 < r2 ? r1 : r2;
    if (d <= fabs(r1 - r2))
        return M_PI * small * small;
    double c1 = (d * d + r1 * r1 - r2 * r2) / (2 * d * r1);
    double c2 = (d * d + r2 * r2 - r1 * r1) / (2 * d * r2);
    double kite = (-d + r1 + r2) * (d + r1 - r2) * (d - r1 + r2) * (d + r1 + r2);
    return r1 * r1 * acos(fmax(-1, fmin(1, c1))) + r2 * r2 * acos(fmax(-1, fmin(1, c2))) - 0.5 * sqrt(fmax(kite, 0));
}

// Circle through three points that are not nearly in line.
#pragma nsc input(a.x, -2, -1)
#pragma nsc input(a.y, -1, 0.5)
#pragma nsc input(b.x, 1, 2)
#pragma nsc input(b.y, -1, 0.5)
#pragma nsc input(c.x, -1, 1)
#pragma nsc input(c.y, 1.5, 3)
Circle circumcircle(Point a, Point b, Point c)
{
    double d = 2 * cross2(a, b, c);
    double bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
    double b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
    double ux = (cy * b2 - by * c2) / d, uy = (bx * c2 - cx * b2) / d;
    Circle result = {{a.x + ux, a.y + uy}, sqrt(ux * ux + uy * uy)};
    return result;
}

// Great-circle distance of two places in kilometres (haversine).
#pragma nsc input(lat1, -80, 80)
#pragma nsc input(lon1, -180, 180)
#pragma nsc input(lat2, -80, 80)
#pragma nsc input(lon2, -180, 180)
double haversine_km(double lat1, double lon1, double lat2, double lon2)
{
    const double rad = M_PI / 180;
    double s1 = sin(0.5 * (lat2 - lat1) * rad), s2 = sin(0.5 * (lon2 - lon1) * rad);
    double h = s1 * s1 + cos(lat1 * rad) * cos(lat2 * rad) * s2 * s2;
    return 2 * 6371.0 * asin(sqrt(fmin(h, 1)));
}

// Initial compass bearing in degrees from one place to another.
#pragma nsc input(lat1, -60, 60)
#pragma nsc input(lat2, -60, 60)
#pragma nsc input(dlon, -90, 90)
double initial_bearing(double lat1, double lat2, double dlon)
{
    const double rad = M_PI / 180;
    double y = sin(dlon * rad) * cos(lat2 * rad);
    double x = cos(lat1 * rad) * sin(lat2 * rad) - sin(lat1 * rad) * cos(lat2 * rad) * cos(dlon * rad);
    double deg = atan2(y, x) / rad;
    return deg < 0 ? deg + 360 : deg;
}

// Volume of a tetrahedron from three edge vectors at one corner.
#pragma nsc inputs(-1, 1)
float tetra_volume(Vec a, Vec b, Vec c)
{
    return fabsf(dot(a, cross(b, c))) / 6.0f;
}

// Interior angle in degrees at the middle of three points in space.
#pragma nsc inputs(-1, 1)
float angle_at(Vec left, Vec middle, Vec right)
{
    Vec u = minus(left, middle), v = minus(right, middle);
    float c = dot(u, v) / sqrtf(dot(u, u) * dot(v, v) + 1e-6f);
    return acosf(fminf(fmaxf(c, -1.0f), 1.0f)) * 57.29578f;
}

// Vector rotated about an axis (normalised first) by an angle.
#pragma nsc input(v, -1, 1)
#pragma nsc input(axis, 0.1, 1)
#pragma nsc input(angle, -3.14, 3.14)
Vec rotate_about(Vec v, Vec axis, float angle)
{
    float n = 1.0f / sqrtf(dot(axis, axis));
    Vec k = {axis.x * n, axis.y * n, axis.z * n};
    Vec kv = cross(k, v);
    float c = cosf(angle), s = sinf(angle), d = dot(k, v) * (1.0f - c);
    return (Vec){v.x * c + kv.x * s + k.x * d, v.y * c + kv.y * s + k.y * d, v.z * c + kv.z * s + k.z * d};
}

// Barycentric coordinates of a point in a triangle with one corner at the origin.
#pragma nsc input(b.x, 1, 2)
#pragma nsc input(b.y, -0.4, 0.4)
#pragma nsc input(c.x, -0.4, 0.4)
#pragma nsc input(c.y, 1, 2)
#pragma nsc input(p, -0.5, 1.5)
void barycentric(Point b, Point c, Point p, double weight[3])
{
    double d = b.x * c.y - b.y * c.x;
    weight[1] = (p.x * c.y - p.y * c.x) / d;
    weight[2] = (b.x * p.y - b.y * p.x) / d;
    weight[0] = 1 - weight[1] - weight[2];
}

// Number of the corners of a quadrilateral that lie left of a directed line through two points.
#pragma nsc inputs(-1, 1)
int corners_left_of(const Point quad[4], Point from, Point to)
{
    int n = 0;
    for (int i = 0; i < 4; i++) {
        if (cross2(from, to, quad[i]) > 0)
            ++n;
    }
    return n;
}

// Whether a point is inside a polygon of five corners, by counting crossings of a ray.
#pragma nsc input(px, -1, 1)
#pragma nsc input(py, -1, 1)
#pragma nsc input(x, -1.5, 1.5)
#pragma nsc input(y, -1.5, 1.5)
int in_pentagon(double px, double py, const double x[5], const double y[5])
{
    int inside = 0;
    for (int i = 0, j = 4; i < 5; j = i++) {
        if ((y[i] > py) != (y[j] > py)) {
            double cut = x[i] + (py - y[i]) * (x[j] - x[i]) / (y[j] - y[i]);
            if (px < cut)
                inside = !inside;
        }
    }
    return inside;
}

// Corner coordinates of a rectangle that is scaled, turned and moved by an affine map.
#pragma nsc input(width, 0.5, 4)
#pragma nsc input(height, 0.5, 4)
#pragma nsc input(angle, -1.57, 1.57)
#pragma nsc input(shear, -0.5, 0.5)
#pragma nsc input(shift, -2, 2)
void place_rectangle(float width, float height, float angle, float shear, const float shift[2], float corner[4][2])
{
    static const float unit[4][2] = {{-0.5f, -0.5f}, {0.5f, -0.5f}, {0.5f, 0.5f}, {-0.5f, 0.5f}};
    float c = cosf(angle), s = sinf(angle);
    for (int i = 0; i < 4; i++) {
        float y = unit[i][1] * height;
        float x = unit[i][0] * width + shear * y;
        corner[i][0] = c * x - s * y + shift[0];
        corner[i][1] = s * x + c * y + shift[1];
    }
}

// Determinant of a 4 x 4 matrix of small numbers by expansion over pairs of rows.
#pragma nsc inputs(-1, 1)
double determinant4(const double m[4][4])
{
    double s[6], c[6];
    int k = 0;
    for (int i = 0; i < 3; i++) {
        for (int j = i + 1; j < 4; j++) {
            s[k] = m[0][i] * m[1][j] - m[0][j] * m[1][i];
            c[k] = m[2][i] * m[3][j] - m[2][j] * m[3][i];
            k++;
        }
    }
    return s[0] * c[5] - s[1] * c[4] + s[2] * c[3] + s[3] * c[2] - s[4] * c[1] + s[5] * c[0];
}

// Mercator coordinates of a place in units of the earth's radius, with the latitude cut off near the poles.
#pragma nsc input(lat, -90, 90)
#pragma nsc input(lon, -180, 180)
#pragma nsc input(central, -30, 30)
Point mercator(double lat, double lon, double central)
{
    double phi = fmin(fmax(lat, -80), 80) * M_PI / 180;
    Point p;
    p.x = (lon - central) * M_PI / 180;
    p.y = log(tan(M_PI / 4 + phi / 2));
    return p;
}

// Closest distance of two lines in space, each by a point and a direction.
#pragma nsc inputs(-1, 1)
#pragma nsc input(p.z, 1, 3)
float line_distance(Vec p, Vec u, Vec q, Vec v)
{
    Vec n = cross(u, v);
    Vec w = minus(p, q);
    float len2 = dot(n, n);
    if (len2 < 1e-3f) {
        Vec m = cross(w, u);
        return sqrtf(dot(m, m) / (dot(u, u) + 1e-3f));
    }
    return fabsf(dot(w, n)) / sqrtf(len2);
}

// Area of the unit square on one side of a line, by clipping its corners (Sutherland and Hodgman).
#pragma nsc input(nx, -1, 1)
#pragma nsc input(ny, 0.1, 1)
#pragma nsc input(offset, -0.5, 1.5)
double clipped_square_area(double nx, double ny, double offset)
{
    static const double sx[5] = {0, 1, 1, 0, 0}, sy[5] = {0, 0, 1, 1, 0};
    double twice = 0, first_x = 0, first_y = 0, last_x = 0, last_y = 0;
    int count = 0;
    for (int i = 0; i < 4; i++) {
        double d0 = nx * sx[i] + ny * sy[i] - offset;
        double d1 = nx * sx[i + 1] + ny * sy[i + 1] - offset;
        for (int part = 0; part < 2; part++) {
            double t = part == 0 ? 0 : d0 / (d0 - d1 + (d0 == d1));
            if (part == 0 ? d0 > 0 : d0 * d1 >= 0)
                continue;
            double x = sx[i] + t * (sx[i + 1] - sx[i]), y = sy[i] + t * (sy[i + 1] - sy[i]);
            if (count++ == 0) {
                first_x = x;
                first_y = y;
            } else {
                twice += last_x * y - x * last_y;
            }
            last_x = x;
            last_y = y;
        }
    }
    return 0.5 * (twice + last_x * first_y - first_x * last_y);
}

// Area of a triangle in space after scaling along the axes, and the area of its shadow on the ground.
#pragma nsc input(a, -1, 1)
#pragma nsc input(b, -1, 1)
#pragma nsc input(c, -1, 1)
#pragma nsc input(scale, 0.5, 2)
void triangle_areas(Vec a, Vec b, Vec c, const float scale[3], float *area, float *shadow)
{
    Vec u = minus(b, a), v = minus(c, a);
    Vec su = {u.x * scale[0], u.y * scale[1], u.z * scale[2]};
    Vec sv = {v.x * scale[0], v.y * scale[1], v.z * scale[2]};
    Vec n = cross(su, sv);
    *area = 0.5f * sqrtf(dot(n, n));
    *shadow = 0.5f * fabsf(n.z);
}
