// Binary search in a sorted table.
static const int sorted[15] = {1, 3, 4, 8, 9, 13, 17, 21, 22, 30, 31, 37, 40, 44, 50};
#pragma nsc input(key, 0, 55)
int lower_bound(int key) {
    int lo = 0, hi = 15;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (sorted[mid] < key) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}
