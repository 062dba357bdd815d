// Structures that point to their arrays, and to another structure.
struct point
{
    float x, y;
};

struct filter
{
    const float *taps;
    float *history;
    int length;
    struct point *origin;
    void *owner;
};

#pragma nsc fix(f.length, 3)
#pragma nsc extent(f.taps, 3)
#pragma nsc extent(f.history, 3)
float run(const struct filter *f, float x)
{
    float sum = f->origin->x;
    for (int i = f->length - 1; i > 0; i--)
        f->history[i] = f->history[i - 1];
    f->history[0] = x;
    for (int i = 0; i < f->length; i++)
        sum += f->taps[i] * f->history[i];
    f->origin->y = sum;
    return sum / 2;
}
