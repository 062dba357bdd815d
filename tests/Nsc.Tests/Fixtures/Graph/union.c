// The same bytes with two meanings.
union word
{
    float f;
    unsigned u;
};

unsigned f(float x)
{
    union word w;
    w.f = x;
    return w.u;
}
