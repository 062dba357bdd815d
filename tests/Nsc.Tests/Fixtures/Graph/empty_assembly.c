// Assembly that only keeps the compiler from moving accesses.
static inline void barrier(void)
{
    __asm__ volatile("" ::: "memory");
}

#pragma nsc
int f(int x)
{
    barrier();
    asm volatile("nop");
    return x * 3;
}
