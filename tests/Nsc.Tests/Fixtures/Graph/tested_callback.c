// A driver's structure: one function pointer is only tested, another one is tested before it is called.
#include <stddef.h>

struct device { float offset; int (*read)(unsigned char reg, void *data); void (*ready)(struct device *self); };

#pragma nsc inputs(0, 10)
int compensate(struct device *device, float raw, float *value)
{
    if (device == NULL || device->read == NULL)
        return -1;
    *value = raw - device->offset;
    if (*value > 5 && device->ready)
        device->ready(device);
    return *value > 5;
}
