// The same bytes with two meanings, through a pointer.
#pragma nsc input(x, 0.1, 4)
float f(float x)
{
    int bits = *(int *)&x;
    bits = 0x5f3759df - (bits >> 1);
    return *(float *)&bits;
}
