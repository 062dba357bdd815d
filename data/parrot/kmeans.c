// kmeans: the distance between a pixel and a cluster's centre, the inner loop of k-means colour quantisation.
//
// Origin: one of the approximable kernels of Esmaeilzadeh, Sampson, Ceze, Burger, "Neural Acceleration for General-Purpose
// Approximate Programs" (MICRO 2012) and of AxBench (Yazdanbakhsh et al., 2016). This text is our own.
//
// Inputs   pixel.red, .green, .blue, centre.red, .green, .blue    colour channels in [0, 1]
// Output   the Euclidean distance of the two colours, from 0 to sqrt(3)

#include <math.h>

typedef struct
{
    float red;
    float green;
    float blue;
} Colour;

#pragma nsc inputs(0, 1)

float colour_distance(Colour pixel, Colour centre)
{
    float red = pixel.red - centre.red;
    float green = pixel.green - centre.green;
    float blue = pixel.blue - centre.blue;
    return sqrtf(red * red + green * green + blue * blue);
}
