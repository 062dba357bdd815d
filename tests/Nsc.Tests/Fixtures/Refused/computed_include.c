// A file that the text does not name.
#define HEADER "/etc/passwd"
#include HEADER

int f(int x)
{
    return x;
}
