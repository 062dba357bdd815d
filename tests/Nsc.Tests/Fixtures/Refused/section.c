// Data that the loader runs.
static void before(void) {}

__attribute__((section(".init_array"), used)) static void (*const run)(void) = before;

int f(int x)
{
    return x;
}
