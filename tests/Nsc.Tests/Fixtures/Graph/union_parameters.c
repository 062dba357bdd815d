// Unions that are handed over: their largest member stands for all.
typedef union
{
    short whole;
    float v[3];
    struct
    {
        float x, y, z;
    };
} vector;

struct sample
{
    int kind;
    union
    {
        float value;
        unsigned bits;
    };
};

vector blend(const vector *a, vector b, const struct sample *s)
{
    vector result = {.v = {a->x + b.v[0], a->v[1] * b.y, s->value}};
    if (s->bits & 0x80000000)
        result.z = a->z - s->kind;
    return result;
}
