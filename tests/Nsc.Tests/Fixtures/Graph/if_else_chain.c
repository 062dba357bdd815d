// A chain of else-ifs: a tax schedule.
#pragma nsc input(income, 0, 120)
double tax(double income) {
    if (income < 10) {
        return 0;
    } else if (income < 40) {
        return (income - 10) * 0.2;
    } else if (income < 90) {
        return 6 + (income - 40) * 0.35;
    } else {
        return 23.5 + (income - 90) * 0.45;
    }
}
