// Unsigned subtraction wraps below zero, and division sees the large number.
#pragma nsc inputs(0, 1000)
unsigned wrap(unsigned a, unsigned b) {
    return (a - b) / 7u + (a - b) % 13u;
}
