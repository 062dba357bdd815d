// An address as a result.
const char *f(int x)
{
    return x ? "yes" : "no";
}
