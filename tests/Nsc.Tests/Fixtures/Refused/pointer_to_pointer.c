// Tables of tables of rows.
double f(const double ***rows)
{
    return rows[0][0][0];
}
