// Complex parameters and results: by value, by pointer, in structures and arrays, in both precisions.
#include <complex.h>

struct port
{
    float _Complex wave;
    double gain;
};

static double _Complex state = 1;

#pragma nsc inputs(0.5, 2)
double _Complex f(double _Complex z, float _Complex w, const double _Complex p[2], struct port *port, double _Complex *out)
{
    *out = z * p[0] + p[1];
    port->wave = port->wave * w;
    state = 0.5 * state + z;
    return z / w + conj(*out) * port->gain + state;
}
