// A switch with a break in each case and a default.
#pragma nsc input(op, 0, 5)
#pragma nsc inputs(-4, 4)
double calculator(int op, double a, double b) {
    double r;
    switch (op) {
    case 0: r = a + b; break;
    case 1: r = a - b; break;
    case 2: r = a * b; break;
    case 4: r = a * a; break;
    default: r = b * b; break;
    }
    return r;
}
