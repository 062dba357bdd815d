// A 3x3 convolution with a constant kernel: Sobel's gradient magnitude.
#include <math.h>
static const float gx[3][3] = {{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}};
static const float gy[3][3] = {{-1, -2, -1}, {0, 0, 0}, {1, 2, 1}};
#pragma nsc inputs(0, 1)
float sobel(const float p[9]) {
    float x = 0, y = 0;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            x += gx[i][j] * p[3 * i + j];
            y += gy[i][j] * p[3 * i + j];
        }
    }
    float m = sqrtf(x * x + y * y);
    return m > 1 ? 1 : m;
}
