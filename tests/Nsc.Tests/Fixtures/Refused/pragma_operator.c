// The same, through the operator.
#define PLACE _Pragma("clang section rodata=\".init_array\"")

PLACE
int f(int x)
{
    return x;
}
