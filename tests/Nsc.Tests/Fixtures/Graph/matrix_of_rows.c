// Rows that are pointers, whose number and length the loops tell.
void multiply(const double **m, const double *x, double **y)
{
    for (int i = 0; i < 2; i++)
    {
        y[0][i] = 0;
        for (int j = 0; j < 3; j++)
            y[0][i] += m[i][j] * x[j];
    }
}
