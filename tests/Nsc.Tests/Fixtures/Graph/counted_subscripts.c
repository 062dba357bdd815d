// How far pointers reach, by subscripts that loops count.
struct matrix
{
    int rows;
    double *data;
};

#pragma nsc fix(n, 3)
double product(const struct matrix *m, const double *x, double *y, int n)
{
    double sum = 0;
    int i, j;
    for (i = 0; i < 2; ++i)
        for (j = n - 1; j >= 0; j--)
            sum += m->data[3 * i + j] * x[j];
    for (i = 0; i < 2; i++)
        y[i + 1] = sum * x[i];
    return sum;
}
