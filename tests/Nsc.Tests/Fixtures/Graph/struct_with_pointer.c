// A structure that points elsewhere.
struct list
{
    double value;
    struct list *next;
};

double f(struct list x)
{
    return x.value;
}
