// The index of the smallest element.
#pragma nsc inputs(-1, 1)
int argmin(const double v[5]) {
    int best = 0;
    for (int i = 1; i < 5; i++) {
        if (v[i] < v[best]) {
            best = i;
        }
    }
    return best;
}
