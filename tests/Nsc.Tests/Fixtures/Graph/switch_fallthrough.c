// Cases that fall through into the next ones (Duff's way to count).
#pragma nsc input(n, 0, 4)
#pragma nsc input(x, -1, 1)
float series(int n, float x) {
    float sum = 1;
    switch (n) {
    case 4: sum += x * x * x * x;
    case 3: sum += x * x * x;
    case 2: sum += x * x;
    case 1: sum += x; break;
    case 0: sum = 0;
    }
    return sum;
}
