// Nothing to learn from.
double f(void)
{
    return 1;
}
