// Volatile locals, pointers and state: between two calls nobody else writes them.
static volatile double level;

double smooth(double x, volatile float *last)
{
    volatile double sum = x + level, rest = sum - x;
    rest -= level;
    *last += 0.5f * (float)x;
    level = sum / 2;
    return sum + rest + *last;
}
