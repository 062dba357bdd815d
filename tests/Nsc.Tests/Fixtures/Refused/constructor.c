// Code that runs before the program, its attribute hidden by a macro.
#define FIRST __attribute__((constructor))

FIRST static int before(int x)
{
    return x + 1;
}

int f(int x)
{
    return before(x);
}
