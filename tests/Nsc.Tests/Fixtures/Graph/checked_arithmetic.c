// The compiler's checked arithmetic, byte order and rotation.
#include <stdint.h>
#pragma nsc inputs(-2147483648, 2147483647)
int32_t checked(int32_t a, int32_t b)
{
    int32_t sum, product;

    if (__builtin_add_overflow(a, b, &sum))
        sum = a < 0 ? INT32_MIN : INT32_MAX;
    if (__builtin_smul_overflow(a >> 12, b >> 10, &product))
        product = 7;
    return sum ^ (int32_t)__builtin_bswap32((uint32_t)product) ^ (int32_t)__builtin_rotateleft32((uint32_t)b, 5) ^ __builtin_parity((unsigned)a) ^ __builtin_ffs(b);
}
