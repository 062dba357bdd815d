// An integer of 128 bits.
int f(int x)
{
    __int128 y = x;
    return (int)(y >> 3);
}
