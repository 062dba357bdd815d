// A forward goto to a common exit.
#pragma nsc inputs(-1, 1)
double checked(double x, double y) {
    double r = -1;
    if (x * y < -0.25) {
        goto done;
    }
    r = x + y;
    if (r < 0) {
        goto done;
    }
    r *= 2;
done:
    return r + 0.5;
}
