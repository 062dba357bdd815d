// Nothing to learn.
void f(double x)
{
    (void)x;
}
