// The address of a label.
int f(int x)
{
    void *where = x ? &&one : &&two;
    goto *where;
one:
    return 1;
two:
    return 2;
}
