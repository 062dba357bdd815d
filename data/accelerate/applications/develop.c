// develop: develops a raw picture: exposure, white balance, a filmic curve, colour grading and the display's encoding, for each pixel of eight frames. The
// picture is a made one. Prints the last frame's grey values. This text is our own.

#include <math.h>
#include <stdio.h>

#define SIZE 256
#define FRAMES 8

static double curve(double x)
{
    double white = 4.0;
    return x * (1.0 + x / (white * white)) / (1.0 + x);
}

static double encoded(double x)
{
    return x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1.0 / 2.4) - 0.055;
}

// The grey value that a pixel is shown with, from 0 to 1.
#pragma nsc input(red, 0, 2)
#pragma nsc input(green, 0, 2)
#pragma nsc input(blue, 0, 2)
static double developed(double red, double green, double blue)
{
    double long_cone = cbrt(0.41 * red + 0.54 * green + 0.05 * blue + 1e-4);
    double middle_cone = cbrt(0.21 * red + 0.68 * green + 0.11 * blue + 1e-4);
    double short_cone = cbrt(0.09 * red + 0.28 * green + 0.63 * blue + 1e-4);
    double light = 0.21 * long_cone + 0.79 * middle_cone;
    double warm = 1.98 * long_cone - 2.43 * middle_cone + 0.45 * short_cone;
    double cold = 0.03 * long_cone + 0.78 * middle_cone - 0.81 * short_cone;
    double chroma = sqrt(warm * warm + cold * cold), hue = atan2(cold, warm + 1e-6);
    double graded = light * (1.0 + 0.12 * chroma * cos(hue - 0.7)) + 0.05 * tanh(3.0 * chroma) * sin(2.0 * hue);
    double linear = graded * graded * graded;
    return encoded(curve(linear > 0.0 ? linear : 0.0));
}

int main(void)
{
    static unsigned char shown[SIZE][SIZE];
    for (int frame = 0; frame < FRAMES; frame++)
    {
        for (int y = 0; y < SIZE; y++)
        {
            for (int x = 0; x < SIZE; x++)
            {
                double u = x / (double)SIZE, v = y / (double)SIZE, t = frame / (double)FRAMES;
                double sun = 1.0 / (1.0 + 20.0 * ((u - t) * (u - t) + (v - 0.3) * (v - 0.3)));
                double ground = v > 0.6 ? 0.5 + 0.4 * (((x >> 4) ^ (y >> 4)) & 1) : 0.3;
                double value = developed(1.8 * sun * ground + 0.1 * u, 1.5 * sun * ground + 0.2 * v, 1.1 * sun + 0.3 * (1.0 - v));
                value = value < 0.0 ? 0.0 : value > 1.0 ? 1.0 : value;
                shown[y][x] = (unsigned char)(255.0 * value + 0.5);
            }
        }
    }

    for (int y = 0; y < SIZE; y++)
    {
        for (int x = 0; x < SIZE; x++)
            printf("%d\n", shown[y][x]);
    }

    return 0;
}
