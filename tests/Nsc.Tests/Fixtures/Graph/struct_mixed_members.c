// Members of different types share registers.
typedef struct { int id; float weight; short code; unsigned char flag; double value; } Item;
static double score(Item item) {
    return item.flag ? item.value * item.weight : item.id - item.code;
}
#pragma nsc inputs(-5, 5)
#pragma nsc input(item.flag, 0, 1)
double rate(Item item) {
    return score(item) + 1;
}
