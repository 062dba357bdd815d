// The body of a do loop runs before the first test.
#pragma nsc input(x, 0.1, 2)
float babylonian(float x) {
    float guess = 1;
    int i = 0;
    do {
        guess = 0.5f * (guess + x / guess);
        i++;
    } while (i < 6);
    return guess;
}
