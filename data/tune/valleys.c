// Functions whose minimum lies in a valley or in one of many: Rosenbrock's of four inputs and Styblinski and Tang's of five.

#pragma nsc inputs(-2, 2)
double rosenbrock4(const double x[4])
{
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double off = x[i + 1] - x[i] * x[i];
        sum += 100 * off * off + (1 - x[i]) * (1 - x[i]);
    }
    return sum;
}

#pragma nsc inputs(-5, 5)
double styblinski_tang5(const double x[5])
{
    double sum = 0;
    for (int i = 0; i < 5; i++)
        sum += x[i] * x[i] * x[i] * x[i] - 16 * x[i] * x[i] + 5 * x[i];
    return sum / 2;
}
