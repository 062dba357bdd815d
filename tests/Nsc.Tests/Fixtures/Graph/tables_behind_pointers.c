// Tables that are found by a pointer in a structure, and that helpers without const read.
struct series
{
    double *c;
    int order;
    double a, b;
};

static double data[] = { 1.25, -0.5, 0.125, 0.0625 };
static struct series cs = { data, 3, -1, 1 };
static double weights[2] = { 0.5, 2 };

static double polynomial(double x, double c[], int n)
{
    double *p = c, y = *p++;
    do
        y = y * x + *p++;
    while (--n);
    return y;
}

static double evaluate(const struct series *s, double x)
{
    double y = s->c[s->order];
    for (int i = s->order - 1; i >= 0; i--)
        y = y * x + s->c[i];
    return y * (s->b - s->a);
}

#pragma nsc
double f(double x)
{
    return evaluate(&cs, x) + polynomial(x, weights, 1);
}
