// Files that are not the program.
#include "/etc/passwd"
#include "../secret.h"
#include </etc/hostname>

int f(int x)
{
    return x;
}
