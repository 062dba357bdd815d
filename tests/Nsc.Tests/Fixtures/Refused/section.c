// Data that the loader runs.
__attribute__((section(".init_array"), used)) static const long run[] = { 1, 2 };

int f(int x)
{
    return x + (int)run[0];
}
