// Structures inside structures.
typedef struct { float x, y; } P;
typedef struct { P low, high; } Box;
#pragma nsc inputs(0, 1)
float overlap(Box a, P p) {
    float w = a.high.x - a.low.x, h = a.high.y - a.low.y;
    int inside = p.x >= a.low.x && p.x <= a.high.x && p.y >= a.low.y && p.y <= a.high.y;
    return inside ? w * h : 0;
}
