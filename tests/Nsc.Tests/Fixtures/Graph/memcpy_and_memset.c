// Copying and clearing memory with the library's functions.
#include <string.h>
#pragma nsc inputs(-1, 1)
float copied(float a, float b, float c) {
    float from[3] = {a, b, c}, to[4];
    memset(to, 0, sizeof to);
    memcpy(to + 1, from, sizeof from);
    to[1] *= 2;
    return to[0] + to[1] - to[2] * to[3];
}
