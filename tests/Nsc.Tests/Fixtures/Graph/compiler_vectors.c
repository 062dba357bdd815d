// Vectors of a compiler's extension, element by element.
typedef float four __attribute__((vector_size(16)));

float dot(const float a[4], const float b[4])
{
    four x = {a[0], a[1], a[2], a[3]}, y = {b[0], b[1], b[2], b[3]}, z = x * y + x / 2;
    return z[0] + z[1] - z[2] * z[3];
}
