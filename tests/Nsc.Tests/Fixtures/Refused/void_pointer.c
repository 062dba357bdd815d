// A pointer to anything.
double f(const void *data, double x)
{
    return data ? x : 0;
}
