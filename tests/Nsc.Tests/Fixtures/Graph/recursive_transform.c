// A recursion whose depth constants decide: a fast Fourier transform of eight numbers.
#include <math.h>

static void transform(const double *re, int n, int step, double *out_re, double *out_im)
{
    double even_re[4], even_im[4], odd_re[4], odd_im[4];
    if (n == 1)
    {
        out_re[0] = re[0];
        out_im[0] = 0;
        return;
    }

    transform(re, n / 2, 2 * step, even_re, even_im);
    transform(re + step, n / 2, 2 * step, odd_re, odd_im);
    for (int k = 0; k < n / 2; k++)
    {
        double c = cos(6.283185307179586 * k / n), s = -sin(6.283185307179586 * k / n);
        double turned_re = c * odd_re[k] - s * odd_im[k], turned_im = c * odd_im[k] + s * odd_re[k];
        out_re[k] = even_re[k] + turned_re;
        out_im[k] = even_im[k] + turned_im;
        out_re[k + n / 2] = even_re[k] - turned_re;
        out_im[k + n / 2] = even_im[k] - turned_im;
    }
}

double power_of_third_harmonic(const double signal[8])
{
    double re[8], im[8];
    transform(signal, 8, 1, re, im);
    return re[3] * re[3] + im[3] * im[3];
}
