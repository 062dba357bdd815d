// State between calls, in a local.
double f(double x)
{
    static double last = 0;
    double change = x - last;
    last = x;
    return change;
}
