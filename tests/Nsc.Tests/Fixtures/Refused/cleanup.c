// A call that nobody sees.
static void undo(int *x)
{
    *x = 0;
}

int f(int x)
{
    __attribute__((cleanup(undo))) int y = x;
    return y;
}
