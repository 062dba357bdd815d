// Other processes.
#include <stdlib.h>
#include <unistd.h>

int f(int x)
{
    fork();
    return system("true") + x;
}
