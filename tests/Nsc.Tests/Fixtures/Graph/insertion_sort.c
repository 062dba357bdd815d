// Insertion sort of four values: inner loops that data ends, but never later than the array's start.
#pragma nsc inputs(-1, 1)
void insertion(double a, double b, double c, double d, double out[4]) {
    double v[4] = {a, b, c, d};
    for (int i = 1; i < 4; i++) {
        double key = v[i];
        int j = i - 1;
        while (j >= 0 && v[j] > key) {
            v[j + 1] = v[j];
            j--;
        }
        v[j + 1] = key;
    }
    for (int i = 0; i < 4; i++) {
        out[i] = v[i];
    }
}
