// A member of a few bits as an input.
struct flags
{
    unsigned small : 3;
    unsigned large : 9;
};

int f(struct flags x)
{
    return x.small + x.large;
}
