// Assembly beside functions.
__asm__(".globl surprise");

int f(int x)
{
    return x;
}
