// Declarations, written by nsc.
// A neural surrogate of f: 2-5-3-1 tanh x 5.
// Made by nsc 1.0.0 from source eafe8e70394c13b9, 128 samples. C99; needs nothing but the compiler.
//   in[0]: x[0] in [1, 1000] log
//   in[1]: x[1] in [-2, 3.1]
//   out[0]: hit
//   out[1]: y
//   out[2]: level
//   out[3]: code
//   out[4]: count

#ifndef F_SURROGATE_H
#define F_SURROGATE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void f_surrogate(const double *in, double *out);
void f_surrogate_batch(const double *in, double *out, size_t count);
void f_surrogate_jacobian(const double *in, double *jacobian);

#ifdef __cplusplus
}
#endif

#endif
