// A while loop whose condition only depends on constants.
#pragma nsc input(x, 0, 2)
float halving(float x) {
    int steps = 64;
    float sum = 0;
    while (steps > 0) {
        sum += x / steps;
        steps /= 2;
    }
    return sum;
}
