// A structure as the output.
typedef struct { float low, high; int order; } Sorted;
#pragma nsc inputs(-1, 1)
void sort2(float a, float b, Sorted *out) {
    if (a <= b) {
        out->low = a;
        out->high = b;
        out->order = 0;
    } else {
        out->low = b;
        out->high = a;
        out->order = 1;
    }
}
