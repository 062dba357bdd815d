// Collatz steps, at most 20 of them.
#pragma nsc input(n, 1, 40)
int collatz(int n) {
    int steps = 0;
    while (n != 1 && steps < 20) {
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
        steps++;
    }
    return steps;
}
