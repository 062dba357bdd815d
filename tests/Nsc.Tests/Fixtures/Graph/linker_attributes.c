// Where code and data lie does not matter to what they compute, and nothing of it gets into what is built.
__attribute__((section(".init_array"), used)) static const long run[] = {1, 2};
#define FAST_RAM __attribute__((section(".ccmram"), used))
FAST_RAM static const float table[3] = {1, 2.5f, 4};

__attribute__((weak, section(".ram4"), noinline)) float scale(float x)
{
    return x * table[1] + table[2] + (float)run[1];
}
