/* Finance: interest, loans, bonds, tax, risk, trading signals. */

#include <math.h>
#include <stdbool.h>

typedef struct {
    double face;
    double coupon_rate;
    int years;
} bond_t;

typedef struct {
    double mean, deviation, worst;
} risk_t;

static double discount(double rate, int periods)
{
    double factor = 1.0;
    for (int i = 0; i < periods; i++)
        factor /= 1.0 + rate;
    return factor;
}

/* Monthly payment of an annuity loan. */
#pragma nsc input(principal, 1000, 300000)
#pragma nsc input(annual_percent, 0, 12)
#pragma nsc input(months, 12, 360)
double loan_payment(double principal, double annual_percent, int months)
{
    double r = annual_percent / 1200.0;
    if (r < 1e-9)
        return principal / months;
    return principal * r / (1.0 - pow(1.0 + r, -months));
}

/* Value of savings after monthly deposits, with a yearly increase of the deposit. */
#pragma nsc input(initial, 0, 10000)
#pragma nsc input(deposit, 0, 500)
#pragma nsc input(rate, 0, 0.08)
#pragma nsc input(raise, 0, 0.05)
double savings_after_ten_years(double initial, double deposit, double rate, double raise)
{
    double balance = initial;
    double growth = pow(1.0 + rate / 12.0, 12.0);
    double annuity = rate > 1e-9 ? (growth - 1.0) / (rate / 12.0) : 12.0;
    for (int year = 0; year < 10; year++) {
        balance = balance * growth + deposit * annuity;
        deposit *= 1.0 + raise;
    }
    return balance;
}

/* Price of a bond with yearly coupons. */
#pragma nsc input(bond.face, 500, 2000)
#pragma nsc input(bond.coupon_rate, 0, 0.1)
#pragma nsc input(bond.years, 1, 15)
#pragma nsc input(yield, 0.005, 0.12)
double bond_price(bond_t bond, double yield)
{
    double last = discount(yield, bond.years);
    double coupons = bond.face * bond.coupon_rate * (1.0 - last) / yield;
    return coupons + bond.face * last;
}

/* Modified duration and convexity of five cash flows, one at the end of each year. */
#pragma nsc input(cash, 10, 200)
#pragma nsc input(yield, 0.005, 0.15)
void duration_convexity(const double cash[5], double yield, double *duration, double *convexity)
{
    double price = 0, first = 0, second = 0;
    double df = 1;
    for (int t = 1; t <= 5; t++) {
        df /= 1 + yield;
        price += cash[t - 1] * df;
        first += t * cash[t - 1] * df;
        second += t * (t + 1) * cash[t - 1] * df;
    }
    *duration = first / price / (1 + yield);
    *convexity = second / price / ((1 + yield) * (1 + yield));
}

/* Net present value of a project: an outlay now and six yearly incomes. */
#pragma nsc input(outlay, 100, 1000)
#pragma nsc input(income, -50, 300)
#pragma nsc input(rate, 0, 0.2)
double net_present_value(double outlay, const double income[6], double rate)
{
    double v = 0.0;
    for (int i = 5; i >= 0; i--)
        v = (v + income[i]) / (1.0 + rate);
    return v - outlay;
}

/* Internal rate of return of four incomes on an outlay, by bisection. */
#pragma nsc input(outlay, 50, 150)
#pragma nsc input(income, 10, 80)
double internal_rate(double outlay, const double income[4])
{
    double lo = -0.9, hi = 4.0;
    for (int step = 0; step < 24; step++) {
        double mid = 0.5 * (lo + hi), q = 1.0 / (1.0 + mid);
        double value = q * (income[0] + q * (income[1] + q * (income[2] + q * income[3])));
        if (value > outlay)
            lo = mid;
        else
            hi = mid;
    }
    return 0.5 * (lo + hi);
}

/* Income tax in a system of four brackets, with an allowance per child. */
#pragma nsc input(income, 0, 150000)
#pragma nsc input(children, 0, 5)
#pragma nsc input(married, 0, 1)
double income_tax(double income, int children, bool married)
{
    static const double edge[4] = {0, 12000, 45000, 90000};
    static const double rate[4] = {0.10, 0.22, 0.35, 0.43};
    double split = married ? 2.0 : 1.0;
    double base = (income - 3000.0 * children) / split - 8000.0;
    double tax = 0.0;
    for (int i = 0; i < 4; i++) {
        if (base <= edge[i])
            break;
        double top = i < 3 && base > edge[i + 1] ? edge[i + 1] : base;
        tax += (top - edge[i]) * rate[i];
    }
    return tax * split;
}

/* Standard deviation of the return of a portfolio of three assets from deviations and correlations. */
#pragma nsc input(weight, 0, 1)
#pragma nsc input(sigma, 0.05, 0.4)
#pragma nsc input(rho, -0.3, 0.9)
double portfolio_deviation(const double weight[3], const double sigma[3], const double rho[3])
{
    double a = weight[0] * sigma[0], b = weight[1] * sigma[1], c = weight[2] * sigma[2];
    double total = weight[0] + weight[1] + weight[2] + 1e-6;
    double variance = a * a + b * b + c * c + 2 * (rho[0] * a * b + rho[1] * a * c + rho[2] * b * c);
    return sqrt(fmax(variance, 0)) / total;
}

/* Sharpe ratio of twelve monthly returns over a riskless rate, per year. */
#pragma nsc input(monthly, -0.06, 0.08)
#pragma nsc input(riskless, 0, 0.005)
double sharpe_ratio(const double monthly[12], double riskless)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < 12; i++) {
        double excess = monthly[i] - riskless;
        sum += excess;
        squares += excess * excess;
    }
    double mean = sum / 12;
    double deviation = sqrt(fmax((squares - sum * mean) / 11, 1e-8));
    return mean / deviation * sqrt(12.0);
}

/* Largest fall from a peak in a series of ten prices, as a fraction of the peak. */
#pragma nsc inputs(80, 120)
double max_drawdown(const double price[10])
{
    double peak = price[0], worst = 0;
    for (int i = 1; i < 10; i++) {
        if (price[i] > peak)
            peak = price[i];
        double fall = (peak - price[i]) / peak;
        if (fall > worst)
            worst = fall;
    }
    return worst;
}

/* Mean, deviation and worst of eight daily results. */
#pragma nsc inputs(-3, 3)
risk_t daily_risk(const double result[8])
{
    risk_t r = {0, 0, result[0]};
    for (int i = 0; i < 8; i++)
        r.mean += result[i] / 8;
    for (int i = 0; i < 8; i++) {
        r.deviation += (result[i] - r.mean) * (result[i] - r.mean);
        r.worst = result[i] < r.worst ? result[i] : r.worst;
    }
    r.deviation = sqrt(r.deviation / 7);
    return r;
}

/* Relative strength index of eight closing prices, from 0 to 100. */
#pragma nsc inputs(95, 105)
float strength_index(const float close[8])
{
    float gain = 0.0f, loss = 0.0f;
    for (int i = 1; i < 8; i++) {
        float change = close[i] - close[i - 1];
        if (change > 0)
            gain += change;
        else
            loss -= change;
    }
    return 100.0f - 100.0f / (1.0f + gain / (loss + 0.01f));
}

/* What a reinsurer pays for six claims: each in a layer above a retention, the sum above a yearly deductible. */
#pragma nsc input(claim, 0, 50)
#pragma nsc input(retention, 5, 20)
#pragma nsc input(layer, 10, 40)
#pragma nsc input(deductible, 0, 30)
#pragma nsc input(share, 0.3, 1)
double reinsured(const double claim[6], double retention, double layer, double deductible, double share)
{
    double sum = 0.0;
    for (int i = 0; i < 6; i++) {
        double part = claim[i] - retention;
        if (part <= 0.0)
            continue;
        sum += part < layer ? part : layer;
    }
    return sum > deductible ? share * (sum - deductible) : 0.0;
}

enum { METHOD_LINEAR, METHOD_DECLINING, METHOD_DIGITS };

/* Book value of a machine after some years under three methods of depreciation. */
#pragma nsc input(cost, 5000, 50000)
#pragma nsc input(salvage_fraction, 0.05, 0.3)
#pragma nsc input(life, 5, 12)
#pragma nsc input(age, 0, 12)
#pragma nsc input(method, 0, 2)
double book_value(double cost, double salvage_fraction, int life, int age, int method)
{
    double salvage = cost * salvage_fraction;
    if (age >= life)
        return salvage;
    switch (method) {
    case METHOD_LINEAR:
        return cost - (cost - salvage) * age / life;
    case METHOD_DECLINING:
        return fmax(cost * pow(1.0 - 2.0 / life, age), salvage);
    default: {
        int left = (life - age) * (life - age + 1);
        int all = life * (life + 1);
        return salvage + (cost - salvage) * left / all;
    }
    }
}

/* Commission of a broker: a percentage with a floor and a cap, plus a fee for each started lot. */
#pragma nsc input(shares, 1, 2000)
#pragma nsc input(price, 1, 100)
#pragma nsc input(foreign, 0, 1)
double commission(int shares, double price, bool foreign)
{
    double volume = shares * price;
    double fee = 0.0025 * volume;
    if (fee < 4.9)
        fee = 4.9;
    if (fee > 69.0)
        fee = 69.0;
    int lots = (shares + 99) / 100;
    return fee + 0.6 * lots + (foreign ? 7.5 + 0.001 * volume : 0.0);
}

/* Zero rate for a maturity between the knots of a yield curve, interpolated, in percent. */
#pragma nsc input(rate, -0.5, 6)
#pragma nsc input(maturity, 0, 35)
double curve_rate(const double rate[6], double maturity)
{
    static const double knot[6] = {0.25, 1, 2, 5, 10, 30};
    if (maturity <= knot[0])
        return rate[0];
    for (int i = 1; i < 6; i++) {
        if (maturity <= knot[i]) {
            double w = (maturity - knot[i - 1]) / (knot[i] - knot[i - 1]);
            return rate[i - 1] + w * (rate[i] - rate[i - 1]);
        }
    }
    return rate[5];
}

/* Yield by the four-parameter curve of Nelson and Siegel. */
#pragma nsc input(level, 1, 6)
#pragma nsc input(slope, -3, 3)
#pragma nsc input(curvature, -3, 3)
#pragma nsc input(tau, 0.5, 4)
#pragma nsc input(maturity, 0.1, 30)
double nelson_siegel(double level, double slope, double curvature, double tau, double maturity)
{
    double x = maturity / tau;
    double load = -expm1(-x) / x;
    return level + slope * load + curvature * (load - exp(-x));
}

/* Fraction of capital to stake by the Kelly rule on a bet with fees, capped at a quarter. */
#pragma nsc input(win_probability, 0.3, 0.8)
#pragma nsc input(odds, 0.5, 4)
#pragma nsc input(fee, 0, 0.1)
#pragma nsc input(caution, 0.25, 1)
double kelly_stake(double win_probability, double odds, double fee, double caution)
{
    double net = odds * (1.0 - fee);
    double edge = win_probability * net - (1.0 - win_probability);
    if (edge <= 0.0)
        return 0.0;
    double stake = caution * edge / net;
    return stake > 0.25 ? 0.25 : stake;
}

/* Months until a credit card is paid off, at most 36, with a payment of a percentage and a minimum. */
#pragma nsc input(balance, 100, 3000)
#pragma nsc input(annual_rate, 0.05, 0.3)
#pragma nsc input(share, 0.03, 0.3)
#pragma nsc input(minimum, 40, 200)
int months_to_pay(double balance, double annual_rate, double share, double minimum)
{
    int month = 0;
    while (balance > 0.005 && month < 36) {
        double pay = fmax(minimum, share * balance);
        balance = balance * (1.0 + annual_rate / 12.0) - pay;
        month++;
    }
    return month;
}

/* Average price of a market order that eats through two levels of an order book into a deep third. */
#pragma nsc input(price, 0.1, 1)
#pragma nsc input(depth, 10, 100)
#pragma nsc input(best, 20, 50)
#pragma nsc input(quantity, 1, 150)
double fill_price(double best, const double price[2], const int depth[2], int quantity)
{
    double level = best, paid = 0;
    int left = quantity;
    for (int i = 0; i < 3 && left > 0; i++) {
        int take = i == 2 || left < depth[i] ? left : depth[i];
        paid += take * level;
        left -= take;
        if (i < 2)
            level += price[i];
    }
    return paid / quantity;
}

/* Payroll of one month: gross pay with overtime and shifts, and net pay after contributions with a ceiling. */
#pragma nsc input(hours, 100, 200)
#pragma nsc input(wage, 12, 60)
#pragma nsc input(night, 0, 40)
#pragma nsc input(sunday, 0, 16)
#pragma nsc input(bonus, 0, 1000)
#pragma nsc input(children, 0, 4)
#pragma nsc input(health_rate, 0.06, 0.1)
#pragma nsc input(pension_rate, 0.08, 0.11)
#pragma nsc input(car, 0, 1)
#pragma nsc input(commute_km, 0, 60)
void payroll(double hours, double wage, double night, double sunday, double bonus, int children, double health_rate,
             double pension_rate, bool car, int commute_km, double *gross, double *net)
{
    double overtime = hours > 160.0 ? hours - 160.0 : 0.0;
    double pay = wage * (hours + 0.25 * overtime + 0.25 * night + 0.5 * sunday) + bonus;
    double taxed = pay + (car ? 300.0 + 0.03 * 100.0 * commute_km : 0.0);
    double ceiling = 5000.0;
    double insured = pay < ceiling ? pay : ceiling;
    double contributions = insured * (health_rate + pension_rate);
    double base = taxed - contributions - 1000.0 - 250.0 * children;
    double tax = base <= 0.0 ? 0.0 : base < 3000.0 ? 0.2 * base : 600.0 + 0.38 * (base - 3000.0);
    *gross = pay;
    *net = pay - contributions - tax;
}

/* Score of a credit applicant from ten answers, with cut-offs. */
#pragma nsc input(age, 18, 80)
#pragma nsc input(income, 0, 8000)
#pragma nsc input(debt, 0, 50000)
#pragma nsc input(years, 0, 30)
#pragma nsc input(late, 0, 6)
#pragma nsc input(cards, 0, 8)
#pragma nsc input(owner, 0, 1)
#pragma nsc input(savings, 0, 50000)
#pragma nsc input(amount, 500, 40000)
int credit_score(int age, double income, double debt, const double years[2], int late, int cards, bool owner, double savings, double amount)
{
    int score = 500;
    score += age < 25 ? -30 : age > 60 ? 10 : 20;
    score += (int)(40.0 * log1p(income / 1000.0));
    score -= (int)(debt / 500.0);
    score += years[0] > 5.0 ? 40 : (int)(8.0 * years[0]);
    score += years[1] > 10.0 ? 25 : 0;
    score -= late > 2 ? 120 : 30 * late;
    if (cards > 4)
        score -= 10 * (cards - 4);
    if (owner)
        score += 60;
    score += savings > amount ? 50 : (int)(50.0 * savings / amount);
    if (amount > 8.0 * income)
        score -= 80;
    return score < 300 ? 300 : score > 850 ? 850 : score;
}
