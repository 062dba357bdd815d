// Statistics: summaries, fits, distributions, tests.

#include <math.h>

#define N 8

typedef struct {
    double slope, intercept, r2;
} line_fit;

typedef struct {
    float min, q1, median, q3, max;
} five_numbers;

static double mean_of(const double *x, int n)
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += x[i];
    return s / n;
}

static double sum_of_squares(const double *x, int n, double m)
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += (x[i] - m) * (x[i] - m);
    return s;
}

static void sort7(float *a)
{
    for (int pass = 0; pass < 7; pass++) {
        for (int i = pass & 1; i + 1 < 7; i += 2) {
            if (a[i] > a[i + 1]) {
                float t = a[i];
                a[i] = a[i + 1];
                a[i + 1] = t;
            }
        }
    }
}

// Sample variance of eight numbers in one pass (Welford).
#pragma nsc inputs(-5, 5)
double sample_variance(const double x[N])
{
    double mean = 0.0, m2 = 0.0;
    for (int i = 0; i < N; i++) {
        double delta = x[i] - mean;
        mean += delta / (i + 1);
        m2 += delta * (x[i] - mean);
    }
    return m2 / (N - 1);
}

// Sample skewness of nine numbers.
#pragma nsc inputs(-1, 3)
double skewness9(const double x[9])
{
    double m = mean_of(x, 9), s2 = 0.05, s3 = 0.0;
    for (int i = 0; i < 9; i++) {
        double d = x[i] - m;
        s2 += d * d;
        s3 += d * d * d;
    }
    return s3 / 9.0 / pow(s2 / 9.0, 1.5);
}

// Pearson correlation of two series of six.
#pragma nsc inputs(-1, 1)
double correlation6(const double x[6], const double y[6])
{
    double mx = mean_of(x, 6), my = mean_of(y, 6), xy = 0;
    for (int i = 0; i < 6; i++)
        xy += (x[i] - mx) * (y[i] - my);
    return xy / sqrt(sum_of_squares(x, 6, mx) * sum_of_squares(y, 6, my) + 1e-3);
}

// Least-squares line through five ordinates at 0, 1, 2, 3, 4, with its coefficient of determination.
#pragma nsc inputs(-4, 4)
line_fit fit_line5(const double y[5])
{
    line_fit f;
    double my = mean_of(y, 5), sxy = 0;
    for (int i = 0; i < 5; i++)
        sxy += (i - 2) * (y[i] - my);
    f.slope = sxy / 10.0;
    f.intercept = my - 2.0 * f.slope;
    f.r2 = f.slope * sxy / (sum_of_squares(y, 5, my) + 1e-9);
    return f;
}

// Prediction of a line that is fitted with weights to four points.
#pragma nsc input(x, 0, 4)
#pragma nsc input(y, -1, 1)
#pragma nsc input(w, 0.1, 1)
#pragma nsc input(at, 0, 4)
double weighted_prediction(const double x[4], const double y[4], const double w[4], double at)
{
    double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int i = 0; i < 4; i++) {
        sw += w[i];
        sx += w[i] * x[i];
        sy += w[i] * y[i];
        sxx += w[i] * x[i] * x[i];
        sxy += w[i] * x[i] * y[i];
    }
    double slope = (sw * sxy - sx * sy) / (sw * sxx - sx * sx + 0.5);
    return (sy - slope * sx) / sw + slope * at;
}

// Minimum, quartiles, median and maximum of seven numbers.
#pragma nsc inputs(0, 10)
five_numbers summary7(const float x[7])
{
    float a[7];
    for (int i = 0; i < 7; i++)
        a[i] = x[i];
    sort7(a);
    five_numbers s = { a[0], 0.5f * (a[1] + a[2]), a[3], 0.5f * (a[4] + a[5]), a[6] };
    return s;
}

// Mean of seven numbers without the least and the greatest one.
#pragma nsc inputs(-10, 10)
float trimmed_mean7(const float x[7])
{
    float lo = x[0], hi = x[0], sum = x[0];
    for (int i = 1; i < 7; i++) {
        if (x[i] < lo) lo = x[i];
        if (x[i] > hi) hi = x[i];
        sum += x[i];
    }
    return (sum - lo - hi) / 5.0f;
}

// Huber's loss of five residuals with a threshold.
#pragma nsc input(residual, -4, 4)
#pragma nsc input(delta, 0.5, 2)
double huber_loss(const double residual[5], double delta)
{
    double total = 0.0;
    for (int i = 0; i < 5; i++) {
        double r = fabs(residual[i]);
        total += r <= delta ? 0.5 * r * r : delta * (r - 0.5 * delta);
    }
    return total;
}

// Density of a mixture of two normal distributions.
#pragma nsc input(x, -4, 4)
#pragma nsc input(m1, -2, 2)
#pragma nsc input(s1, 0.4, 2)
#pragma nsc input(m2, -2, 2)
#pragma nsc input(s2, 0.4, 2)
#pragma nsc input(p, 0, 1)
double mixture_density(double x, double m1, double s1, double m2, double s2, double p)
{
    double z1 = (x - m1) / s1, z2 = (x - m2) / s2;
    double a = exp(-0.5 * z1 * z1) / s1, b = exp(-0.5 * z2 * z2) / s2;
    return 0.3989422804014327 * (p * a + (1 - p) * b);
}

// Probability of at most k successes in n trials.
#pragma nsc input(n, 1, 12)
#pragma nsc input(k, 0, 12)
#pragma nsc input(p, 0.05, 0.95)
double binomial_cdf(int n, int k, double p)
{
    if (k >= n)
        return 1.0;
    double term = pow(1 - p, n), sum = 0.0;
    for (int i = 0; i <= k; i++) {
        sum += term;
        term *= (double)(n - i) / (i + 1) * p / (1 - p);
    }
    return sum;
}

// Logarithm of the probability of a count by the negative binomial distribution.
#pragma nsc input(count, 0, 30)
#pragma nsc input(mean, 1, 20)
#pragma nsc input(size, 0.5, 10)
double negbin_log_probability(int count, double mean, double size)
{
    double c = lgamma(count + size) - lgamma(size) - lgamma(count + 1.0);
    return c + size * log(size / (size + mean)) + count * log(mean / (size + mean));
}

// Wilson interval of a proportion: its two ends.
#pragma nsc input(successes, 0, 50)
#pragma nsc input(failures, 1, 50)
#pragma nsc input(z, 1, 3)
void wilson_interval(int successes, int failures, double z, double interval[2])
{
    double n = successes + failures;
    double p = successes / n, z2 = z * z;
    double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    interval[0] = centre - half;
    interval[1] = centre + half;
}

// Welch's t statistic and its degrees of freedom from two means, deviations and sizes.
#pragma nsc input(mean1, -2, 2)
#pragma nsc input(mean2, -2, 2)
#pragma nsc input(sd1, 0.3, 3)
#pragma nsc input(sd2, 0.3, 3)
#pragma nsc input(n1, 5, 40)
#pragma nsc input(n2, 5, 40)
void welch_t(double mean1, double sd1, int n1, double mean2, double sd2, int n2, double *t, double *freedom)
{
    double v1 = sd1 * sd1 / n1, v2 = sd2 * sd2 / n2, v = v1 + v2;
    *t = (mean1 - mean2) / sqrt(v);
    *freedom = v * v / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
}

// Chi-squared statistic of a 2 x 3 table of counts against independence.
#pragma nsc inputs(1, 40)
double chi_squared_2x3(const int table[2][3])
{
    double row[2] = {0}, col[3] = {0}, total = 0, chi = 0;
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
            row[i] += table[i][j];
            col[j] += table[i][j];
            total += table[i][j];
        }
    }
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
            double expected = row[i] * col[j] / total;
            double d = table[i][j] - expected;
            chi += d * d / expected;
        }
    }
    return chi;
}

// Shannon entropy in bits of five counts.
#pragma nsc inputs(0, 20)
float entropy5(const unsigned count[5])
{
    float total = 1e-6f, h = 0.0f;
    for (int i = 0; i < 5; i++)
        total += (float)count[i];
    for (int i = 0; i < 5; i++) {
        if (count[i] > 0) {
            float p = (float)count[i] / total;
            h -= p * log2f(p);
        }
    }
    return h;
}

// Kullback-Leibler divergence of two distributions over four classes that are given by scores.
#pragma nsc inputs(-2, 2)
double softmax_divergence(const double a[4], const double b[4])
{
    double za = 0, zb = 0, d = 0;
    for (int i = 0; i < 4; i++) {
        za += exp(a[i]);
        zb += exp(b[i]);
    }
    for (int i = 0; i < 4; i++)
        d += exp(a[i]) / za * (a[i] - b[i]);
    return d - log(za) + log(zb);
}

// Spearman's rank correlation of two series of five, ties ranked by their order.
#pragma nsc inputs(0, 1)
double spearman5(const double x[5], const double y[5])
{
    int sum = 0;
    for (int i = 0; i < 5; i++) {
        int rx = 0, ry = 0;
        for (int j = 0; j < 5; j++) {
            rx += x[j] < x[i] || (x[j] == x[i] && j < i);
            ry += y[j] < y[i] || (y[j] == y[i] && j < i);
        }
        sum += (rx - ry) * (rx - ry);
    }
    return 1.0 - 6.0 * sum / (5.0 * 24.0);
}

// Posterior probability of a disease after up to three tests, each positive, negative or not made.
#pragma nsc input(prior, 0.01, 0.5)
#pragma nsc input(result, -1, 1)
#pragma nsc input(sensitivity, 0.6, 0.99)
#pragma nsc input(specificity, 0.6, 0.99)
double posterior(double prior, const int result[3], double sensitivity, double specificity)
{
    double odds = prior / (1 - prior);
    for (int i = 0; i < 3; i++) {
        if (result[i] > 0)
            odds *= sensitivity / (1 - specificity);
        else if (result[i] < 0)
            odds *= (1 - sensitivity) / specificity;
    }
    return odds / (1 + odds);
}

// Quantile of the logistic, the exponential or the Gumbel distribution.
#pragma nsc input(kind, 0, 2)
#pragma nsc input(p, 0.02, 0.98)
#pragma nsc input(location, -2, 2)
#pragma nsc input(scale, 0.5, 3)
double quantile(int kind, double p, double location, double scale)
{
    double u;
    switch (kind) {
    case 0:  u = log(p / (1 - p)); break;
    case 1:  u = -log1p(-p); break;
    default: u = -log(-log(p)); break;
    }
    return location + scale * u;
}

// Mahalanobis distance of a point from a mean under a 3 x 3 covariance that is given by its Cholesky factor.
#pragma nsc input(x, -2, 2)
#pragma nsc input(mean, -1, 1)
#pragma nsc input(diagonal, 0.5, 2)
#pragma nsc input(below, -0.5, 0.5)
double mahalanobis(const double x[3], const double mean[3], const double diagonal[3], const double below[3])
{
    double z0 = (x[0] - mean[0]) / diagonal[0];
    double z1 = (x[1] - mean[1] - below[0] * z0) / diagonal[1];
    double z2 = (x[2] - mean[2] - below[1] * z0 - below[2] * z1) / diagonal[2];
    return sqrt(z0 * z0 + z1 * z1 + z2 * z2);
}

// Ratio of the variance between three groups of five to the variance within them (analysis of variance).
#pragma nsc inputs(0, 4)
double variance_ratio(const double g[3][5])
{
    double mean[3], grand = 0.0, between = 0.0, within = 2.0;
    for (int k = 0; k < 3; k++) {
        mean[k] = mean_of(g[k], 5);
        grand += mean[k] / 3.0;
        within += sum_of_squares(g[k], 5, mean[k]);
    }
    for (int k = 0; k < 3; k++)
        between += 5.0 * (mean[k] - grand) * (mean[k] - grand);
    return (between / 2.0) / (within / 12.0);
}

// Gini coefficient of ten incomes.
#pragma nsc inputs(1, 100)
double gini10(const double income[10])
{
    double apart = 0.0, total = 0.0;
    for (int i = 0; i < 10; i++) {
        total += income[i];
        for (int j = 0; j < i; j++)
            apart += fabs(income[i] - income[j]);
    }
    return apart / (10.0 * total);
}
