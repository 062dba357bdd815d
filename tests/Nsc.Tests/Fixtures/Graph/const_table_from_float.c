// A constant table whose index comes from a real number.
static const float levels[5] = {0, 0.1f, 0.4f, 0.7f, 1};
#pragma nsc input(x, 0, 1)
float quantise(float x) {
    int i = (int)(x * 4.999f);
    return levels[i];
}
