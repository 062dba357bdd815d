// Bits of a float through a long, as machines of 32 bits have it.
#pragma nsc input(x, 0.01, 100)
float inverse_root(float x)
{
    float y = x;
    long i = *(long *)&y;
    i = 0x5f3759df - (i >> 1);
    y = * ( float * ) &i;
    return y * (1.5f - 0.5f * x * y * y);
}
