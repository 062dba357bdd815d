// Members that nobody may touch: refused where they are read, and where a structure with them would have to be an input.
struct cell
{
    double value;
    double (*next)(double);
    union
    {
        float f;
        unsigned bits;
    } word;
    union
    {
        float single;
        int whole;
    };
    volatile int flag;
};

static double peek(const struct cell *c)
{
    return c->word.f + c->single + c->flag;
}

double f(struct cell x, double y)
{
    struct cell c = {y};
    return peek(&c) + c.next(y) + x.value;
}
