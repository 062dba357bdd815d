// A local array that is written at a computed place: a small histogram.
#pragma nsc input(x, 0, 3)
#pragma nsc input(y, 0, 3)
#pragma nsc input(z, 0, 3)
int mode_count(int x, int y, int z) {
    int bins[4] = {0};
    bins[x]++;
    bins[y]++;
    bins[z]++;
    int best = 0;
    for (int i = 0; i < 4; i++) {
        if (bins[i] > best) {
            best = bins[i];
        }
    }
    return best;
}
