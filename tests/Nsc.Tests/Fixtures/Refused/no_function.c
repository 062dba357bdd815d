// Nothing to compile.
#define SQUARE(x) ((x) * (x))
