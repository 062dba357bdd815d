// A function that calls itself.
#pragma nsc input(n, 0, 12)
int factorial(int n)
{
    return n <= 1 ? 1 : n * factorial(n - 1);
}
