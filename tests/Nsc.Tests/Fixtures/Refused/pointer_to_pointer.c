// A table of rows.
double f(const double **rows)
{
    return rows[0][0];
}
