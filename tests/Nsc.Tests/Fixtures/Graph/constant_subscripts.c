// Pointers whose subscripts say how far they reach.
void cross(const double *a, const double *b, double *r, const double *scale)
{
    r[0] = a[1] * b[2] - a[2] * b[1];
    r[1] = a[2] * b[0] - a[0] * b[2];
    r[2] = (a[0] * b[1] - a[1] * b[0]) * *scale;
}
