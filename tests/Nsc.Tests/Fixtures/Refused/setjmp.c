// Jumps out of a function.
#include <setjmp.h>

int f(int x)
{
    jmp_buf here;
    if (setjmp(here))
        return 1;
    if (x)
        longjmp(here, 1);
    return 0;
}
