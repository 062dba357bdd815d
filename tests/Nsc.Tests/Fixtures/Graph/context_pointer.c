// A structure that is handed over as void *.
struct spring
{
    double stiffness, damping;
};

static double force(double at, double speed, void *context)
{
    struct spring *s = context;
    return -s->stiffness * at - s->damping * speed;
}

#pragma nsc
int f(double t, const double y[2], double dy[2], void *context)
{
    (void)t;
    dy[0] = y[1];
    dy[1] = force(y[0], y[1], context);
    return 0;
}
