// Narrow signed types: values wrap when they are stored.
#pragma nsc inputs(-128, 127)
short narrow(signed char a, short b) {
    signed char doubled = (signed char)(a * 2);
    return (short)(doubled * 300 + b);
}
