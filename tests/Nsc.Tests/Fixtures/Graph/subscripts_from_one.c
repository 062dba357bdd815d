// What a translator from Fortran writes: arrays that begin with 1, and static variables that no call reads.
int f(double *elements, double *time, double *state)
{
    static double mean;
    static int i;

    --state;
    --elements;

    mean = elements[1] + elements[2] * *time;
    for (i = 1; i <= 3; ++i)
    {
        state[i] = mean * i;
    }
    return 0;
}
