// A helper allocates what its caller uses and frees.
#include <stdlib.h>

struct matrix
{
    int rows, columns;
    double *at;
};

static struct matrix *make(int rows, int columns)
{
    struct matrix *m = malloc(sizeof *m);
    if (!m)
        return NULL;
    m->rows = rows;
    m->columns = columns;
    m->at = calloc((size_t)rows * columns, sizeof *m->at);
    return m;
}

static void drop(struct matrix *m)
{
    if (m)
        free(m->at);
    free(m);
}

#pragma nsc
double f(double x, double y)
{
    struct matrix *m = make(2, 2);
    m->at[0] = x;
    m->at[3] = y + x;
    double determinant = m->at[0] * m->at[3] - m->at[1] * m->at[2];
    drop(m);
    return determinant;
}
