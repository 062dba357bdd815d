// An integer hash: products, shifts and rotations that wrap.
#pragma nsc inputs(0, 100000)
unsigned hash(unsigned a, unsigned b) {
    unsigned h = a * 2654435761u;
    h ^= h >> 15;
    h = (h << 13) | (h >> 19);
    h += b * 40503u;
    h ^= h >> 11;
    return h & 0xFFFF;
}
