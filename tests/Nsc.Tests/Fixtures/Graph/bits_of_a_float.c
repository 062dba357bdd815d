// The bits of a float by memcpy, and back.
#include <stdint.h>
#include <string.h>

#pragma nsc input(x, 0.1, 4)
float f(float x)
{
    int32_t i;
    float y;
    memcpy(&i, &x, sizeof i);
    i = 0x5f3759df - (i >> 1);
    memcpy(&y, &i, sizeof y);
    return y * (1.5f - 0.5f * x * y * y);
}
