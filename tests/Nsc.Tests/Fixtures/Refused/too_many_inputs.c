// More inputs than fit.
double f(const double m[12][12])
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < 12; j++)
            sum += m[i][j];
    return sum;
}
