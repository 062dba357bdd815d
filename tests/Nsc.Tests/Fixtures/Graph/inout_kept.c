// An output that keeps the caller's value on some paths.
_Bool f(double x, double *nearest)
{
    if (x >= *nearest)
        return 0;
    *nearest = x;
    return 1;
}
