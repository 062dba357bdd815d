// jmeint: whether two triangles in space intersect, as games and physics engines ask all the time.
//
// Origin: one of the approximable kernels of Esmaeilzadeh, Sampson, Ceze, Burger, "Neural Acceleration for General-Purpose
// Approximate Programs" (MICRO 2012) and of AxBench (Yazdanbakhsh et al., 2016), there part of the jMonkeyEngine. This
// text is our own and uses the separating-axis theorem, without the axes that only coplanar triangles need.
//
// Inputs   a[0..8], b[0..8]   the corners of the triangles, three coordinates each, in [0, 1]
// Output   1 when the triangles intersect, else 0

typedef struct
{
    float x;
    float y;
    float z;
} Vector;

static Vector corner(const float triangle[9], int i)
{
    Vector v = {triangle[3 * i], triangle[3 * i + 1], triangle[3 * i + 2]};
    return v;
}

static Vector subtract(Vector u, Vector v)
{
    Vector w = {u.x - v.x, u.y - v.y, u.z - v.z};
    return w;
}

static Vector cross(Vector u, Vector v)
{
    Vector w = {u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x};
    return w;
}

static float dot(Vector u, Vector v)
{
    return u.x * v.x + u.y * v.y + u.z * v.z;
}

static Vector edge(const float triangle[9], int i)
{
    return subtract(corner(triangle, (i + 1) % 3), corner(triangle, i));
}

static float least(float p, float q, float r)
{
    float m = p < q ? p : q;
    return m < r ? m : r;
}

static float greatest(float p, float q, float r)
{
    float m = p > q ? p : q;
    return m > r ? m : r;
}

// Whether the projections of the triangles onto an axis lie apart.
static int separates(Vector axis, const float a[9], const float b[9])
{
    float a0 = dot(axis, corner(a, 0)), a1 = dot(axis, corner(a, 1)), a2 = dot(axis, corner(a, 2));
    float b0 = dot(axis, corner(b, 0)), b1 = dot(axis, corner(b, 1)), b2 = dot(axis, corner(b, 2));
    return greatest(a0, a1, a2) < least(b0, b1, b2) || greatest(b0, b1, b2) < least(a0, a1, a2);
}

#pragma nsc inputs(0, 1)

int triangles_intersect(const float a[9], const float b[9])
{
    int apart = separates(cross(edge(a, 0), edge(a, 1)), a, b) || separates(cross(edge(b, 0), edge(b, 1)), a, b);
    for (int i = 0; i < 3; i++)
    {
        for (int j = 0; j < 3; j++)
        {
            apart = apart || separates(cross(edge(a, i), edge(b, j)), a, b);
        }
    }

    return !apart;
}
