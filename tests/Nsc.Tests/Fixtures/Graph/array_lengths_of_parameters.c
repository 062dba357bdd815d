// Arrays whose lengths are parameters with one value.
#pragma nsc fix(rows, 2)
#pragma nsc fix(columns, 3)
void shear(int rows, int columns, double m[rows][columns], const double by[columns])
{
    for (int i = 1; i < rows; i++)
        for (int j = 0; j < columns; j++)
            m[i][j] += by[j] * m[0][j];
}
