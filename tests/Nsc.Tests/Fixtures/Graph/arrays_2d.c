// A matrix as an input, and its trace and determinant.
#pragma nsc inputs(-1, 1)
void invariants(const double m[2][2], double *trace, double *det) {
    *trace = m[0][0] + m[1][1];
    *det = m[0][0] * m[1][1] - m[0][1] * m[1][0];
}
