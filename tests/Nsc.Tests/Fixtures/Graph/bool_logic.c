// Logical operators on booleans, as inputs and as the result.
#include <stdbool.h>
#pragma nsc input(x, -1, 1)
bool gate(bool a, bool b, double x) {
    bool big = x > 0.25;
    return (a && !b) || (b != big);
}
