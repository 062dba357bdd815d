// A function that another file defines.
double helper(double x);

double f(double x)
{
    return helper(x) + 1;
}
