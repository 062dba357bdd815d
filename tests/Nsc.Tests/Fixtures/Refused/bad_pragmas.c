// Every way to get a range wrong.
#pragma nsc input(x, 0)
#pragma nsc input(x 0, 1)
#pragma nsc input(, 0, 1)
#pragma nsc inputs(zero, 1)
#pragma nsc inputs(0, 1) please
#pragma nsc range(x, 0, 1)
#pragma nsc input(x, 1, 1)
#pragma nsc input(x, 0, 1e999)
#pragma nsc input(xx, 0, 1)
#pragma nsc input(n, -1, 300)
#pragma nsc input(k, 0.1, 0.9)
double f(double x, unsigned char n, int k)
{
    return x + n + k;
}

#pragma nsc input(x, 0, 1)
