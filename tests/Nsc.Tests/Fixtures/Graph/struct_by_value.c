// A structure passed by value.
#include <math.h>
typedef struct { double x, y; } Point;
#pragma nsc inputs(-1, 1)
double distance(Point a, Point b) {
    double dx = a.x - b.x, dy = a.y - b.y;
    return sqrt(dx * dx + dy * dy);
}
