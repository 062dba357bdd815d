// Times an exported surrogate, and the machine: compiled together with the surrogate's file, SURROGATE and SURROGATE_BATCH
// being its functions. All times are processor time of the calling thread, in nanoseconds.

#define _GNU_SOURCE
#include <stddef.h>
#include <time.h>

void SURROGATE(const double *in, double *out);
void SURROGATE_BATCH(const double *in, double *out, size_t count);

double bench_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e9 * (double)time.tv_sec + (double)time.tv_nsec;
}

// For one evaluation, one row at a time.
double bench_one(const double *in, double *out, size_t rows, size_t inputs, size_t repeats)
{
    double start = bench_now();
    for (size_t r = 0; r < repeats; r++)
        for (size_t s = 0; s < rows; s++)
            SURROGATE(in + s * inputs, out);
    return (bench_now() - start) / (double)(repeats * rows);
}

// For one evaluation, all rows at once.
double bench_batch(const double *in, double *out, size_t rows, size_t repeats)
{
    double start = bench_now();
    for (size_t r = 0; r < repeats; r++)
        SURROGATE_BATCH(in, out, rows);
    return (bench_now() - start) / (double)(repeats * rows);
}

// Multiply-adds of floats in a nanosecond: sums of products in registers, enough of them to hide what one takes.
typedef float lanes __attribute__((vector_size(LANES * 4)));

double bench_multiply_adds(float factor, double *result)
{
    enum { SUMS = 10, STEPS = 2000000 };
    lanes sum[SUMS], a, b;
    for (int i = 0; i < LANES; i++)
        a[i] = factor, b[i] = 1 - factor;
    for (int k = 0; k < SUMS; k++)
        sum[k] = a;
    double start = bench_now();
    for (int step = 0; step < STEPS; step++)
        for (int k = 0; k < SUMS; k++)
            sum[k] = sum[k] * a + b;
    double time = bench_now() - start;
    for (int k = 0; k < SUMS; k++)
        *result += sum[k][0];
    return (double)SUMS * STEPS * LANES / time;
}
