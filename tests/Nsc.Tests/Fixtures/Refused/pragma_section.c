// A pragma that places data.
#pragma clang section rodata=".init_array"

int f(int x)
{
    return x;
}
