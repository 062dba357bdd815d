// A float of 16 bits.
float f(_Float16 x)
{
    return x;
}
