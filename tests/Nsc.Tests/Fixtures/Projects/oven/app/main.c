/* A second of the oven from many states. */
#include <stdio.h>
#include "oven/oven.h"

int main(void)
{
    for (int i = 0; i < 500; i++) {
        struct oven oven = { 60.0 + (i * 37 % 300), 30.0 + (i * 53 % 150), "oven" };
        oven_step(&oven, 5.0 * (i * 71 % 200), 0.01 * (i * 29 % 100));
        printf("%.6f %.6f %s\n", oven.plate, oven.air, oven.label);
    }
    return 0;
}
