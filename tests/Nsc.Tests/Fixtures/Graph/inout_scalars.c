// Values that are read and written through pointers, a helper among the readers.
static void spill(double *level)
{
    if (*level > 0.5)
        *level -= 0.8 * (*level - 0.5);
}

void f(double *level, double *warmth, double inflow)
{
    *level += inflow / 8;
    spill(level);
    *warmth += (0.3 - *warmth) * *level;
}
