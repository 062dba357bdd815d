// A helper that swaps through pointers.
static void swap(double *a, double *b) {
    double t = *a;
    *a = *b;
    *b = t;
}
#pragma nsc inputs(-1, 1)
void order(double x, double y, double *low, double *high) {
    if (x > y) {
        swap(&x, &y);
    }
    *low = x;
    *high = y;
}
