// A compiler's vectors.
typedef float v4 __attribute__((vector_size(16)));

float f(float x)
{
    v4 v = {x, x, x, x};
    return v[0] + v[3];
}
