// Prefix and postfix increments and decrements.
#pragma nsc inputs(-50, 50)
int steps(int a, int b) {
    int c = a++ * --b;
    int d = ++a - b--;
    return c + d * 2 + a - b;
}
