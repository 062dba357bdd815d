// Code that runs before the program, its attribute hidden by a macro.
#define FIRST __attribute__((constructor))

static int ready;

FIRST static void before(void)
{
    ready = 1;
}

int f(int x)
{
    return x;
}
