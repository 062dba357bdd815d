// A double byte by byte.
#pragma nsc input(x, 1, 3)
int f(double x)
{
    const unsigned char *bytes = (const unsigned char *)&x;
    return bytes[7] * 256 + bytes[6];
}
