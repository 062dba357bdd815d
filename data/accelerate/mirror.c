// mirror: where a ray from a point meets a parabolic mirror, by Newton's method, and how far from the focus it comes back. This text is our own.
//
// Inputs   x, y       where the ray starts in the aperture, in parts of its radius
//          tilt       of the ray, radians
//          depth      of the mirror
// Output   the distance from the axis in the focal plane

#include <math.h>

#pragma nsc input(x, -0.9, 0.9)
#pragma nsc input(y, -0.9, 0.9)
#pragma nsc input(tilt, 0.002, 0.05)
#pragma nsc input(depth, 0.1, 0.4)

double mirror(double x, double y, double tilt, double depth)
{
    double dx = sin(tilt), dz = -cos(tilt), t = 1.0;
    for (int i = 0; i < 12; i++)
    {
        double px = x + t * dx, pz = 1.0 + t * dz;
        double off = pz - depth * (px * px + y * y), slope = dz - 2.0 * depth * px * dx;
        t -= off / slope;
    }

    double px = x + t * dx, pz = 1.0 + t * dz;
    double nx = -2.0 * depth * px, ny = -2.0 * depth * y, length = sqrt(nx * nx + ny * ny + 1.0);
    double along = 2.0 * (dx * nx + dz) / (length * length);
    double rx = dx - along * nx, ry = -along * ny, rz = dz - along;
    double reach = (0.25 / depth - pz) / rz;
    double ox = px + reach * rx, oy = y + reach * ry;
    return sqrt(ox * ox + oy * oy);
}
