// Money over time: discounting, loans, payoffs, risk measures. The Black-Scholes formula itself is reserved.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Finance
{
    public static Family Family { get; } = new("finance", 3,
        [new(Compound), new(PresentValue), new(CashFlows), new(Annuity), new(Payoff, 1.5), new(NormalCdf), new(Sharpe), new(TaxBrackets), new(BondPrice), new(Portfolio), new(Elasticity), new(BreakEven)]);

    private static Value Rate(Draft f) => f.Quantity("r|rate|interest|yield_", 0.01, 0.15);

    private static void Compound(Draft f)
    {
        Value p = f.Input("principal|p|deposit", 100, 5000), t = f.Input("t|years", 1, 30), r = Rate(f);
        f.Return(f.R.Chance(0.5) ? $"{p} * pow(1.0 + {r}, {t})" : f.R.Chance(0.5) ? $"{p} * exp({r} * {t})" : $"{p} * (pow(1.0 + {r} / 12.0, 12.0 * {t}) - 1.0)");
    }

    private static void PresentValue(Draft f)
    {
        Value c = f.Input("cash|fv|payoff", 10, 1000), t = f.Input("t|years", 0.5, 20), r = Rate(f), growth = f.Quantity("g|growth", 0.0, 0.03);
        f.Return($"{c} * pow(1.0 + {growth}, {t}) / pow(1.0 + {r}, {t})");
    }

    private static void CashFlows(Draft f)
    {
        int n = f.Size(2, 7);
        Value r = f.Input("r|rate|disc", 0.01, 0.25);
        string flows = f.Array("cf|flows|cash", n, -100, 200);
        string factor = f.Variable("df|factor", "1.0"), npv = f.Variable("npv|pv|sum", $"-{f.Quantity("cost|invest", 20, 200)}");
        string i = f.Loop(n);
        f.Line($"{factor} /= 1.0 + {r};");
        f.Line($"{npv} += {flows}[{i}] * {factor};");
        f.Close();
        f.Return(npv);
    }

    private static void Annuity(Draft f)
    {
        Value loan = f.Input("loan|amount|debt", 1000, 50000), r = f.Input("rate|apr", 0.01, 0.12), n = f.Quantity("n|months|term", 12, 120);
        string m = f.Let("m|mr", $"{r} / 12.0");
        f.Return($"{loan} * {m} / (1.0 - pow(1.0 + {m}, -{n}))");
    }

    private static void Payoff(Draft f)
    {
        Value s = f.Input("s|spot|price", 50, 150), k = f.Quantity("k|strike", 70, 130), p = f.Quantity("premium|fee|cost", 1, 15), second = f.Quantity("k2|cap", 120, 145);
        f.Return(f.R.Int(0, 4) switch
        {
            0 => $"fmax({s} - {k}, 0.0) - {p}",
            1 => $"fmax({k} - {s}, 0.0) - {p}",
            2 => $"fmax({s} - {k}, 0.0) - fmax({s} - {second}, 0.0)",
            3 => $"fabs({s} - {k}) - {p}",
            _ => $"{s} > {k} ? {s} - {k} + {p} : -{p}",
        });
    }

    private static void NormalCdf(Draft f)
    {
        Value x = f.Input("x|z|d", -3, 3), mu = f.Quantity("mu|m", -1, 1), s = f.Quantity("sd|sigma", 0.6, 2);
        string z = f.Let("z|u", $"({x} - {mu}) / {s}");
        f.Return(f.R.Int(0, 2) switch
        {
            0 => $"0.5 * (1.0 + erf({z} / sqrt(2.0)))",
            1 => $"1.0 / (1.0 + exp(-{f.Literal(1.4, 1.8)} * {z} - {f.Literal(0.05, 0.1)} * {z} * {z} * {z}))",
            _ => $"0.5 * (1.0 + copysign(sqrt(1.0 - exp(-{f.Literal(0.55, 0.75)} * {z} * {z})), {z}))",
        });
    }

    private static void Sharpe(Draft f)
    {
        int n = f.Size(3, 8);
        string r = f.Array("r|ret|returns", n, -0.1, 0.15);
        string mean = f.Variable("mean|mu", "0.0"), var = f.Variable("var|v2", "0.0");
        f.Line($"for (int i = 0; i < {n}; i++) {mean} += {r}[i] / {n};");
        f.Line($"for (int i = 0; i < {n}; i++) {var} += ({r}[i] - {mean}) * ({r}[i] - {mean});");
        f.Return($"({mean} - {f.Literal(0.001, 0.02)}) / sqrt({var} / {n - 1} + {f.Literal(0.0005, 0.01)})");
    }

    private static void TaxBrackets(Draft f)
    {
        Value income = f.Input("income|salary|gross", 0, 100), deduct = f.Quantity("deduct|allow", 0, 15);
        string b = f.Let("b|base_v|taxable", $"fmax({income} - {deduct}, 0.0)"), tax = f.Variable("tax|due", $"{f.Literal(0.05, 0.2)} * {b}");
        for (int i = 1; i <= f.R.Int(1, 3); i++)
        {
            f.Line($"if ({b} > {20 * i}.0) {tax} += {f.Literal(0.05, 0.2)} * ({b} - {20 * i}.0);");
        }

        f.Return(f.R.Pick(tax, $"{income} - {tax}"));
    }

    private static void BondPrice(Draft f)
    {
        Value c = f.Input("coupon|c", 1, 10), y = f.Input("y|ytm", 0.01, 0.12), face = f.Quantity("face|par", 50, 150);
        string sum = f.Variable("pv|price", "0.0"), df = f.Variable("df|disc", "1.0");
        f.Loop(f.R.Int(2, 6));
        f.Line($"{df} = {df} / (1.0 + {y});");
        f.Line($"{sum} += {c} * {df};");
        f.Close();
        f.Return($"{sum} + {face} * {df}");
    }

    private static void Portfolio(Draft f)
    {
        Value w = f.Input("w|weight|alloc", 0, 1), a = f.Quantity("s1|vol1|sa", 0.1, 0.4), b = f.Quantity("s2|vol2|sb", 0.1, 0.4), rho = f.Quantity("rho|corr", -0.6, 0.8);
        string other = f.Let("v|w2", $"1.0 - {w}");
        f.Return($"sqrt({w} * {w} * {a} * {a} + {other} * {other} * {b} * {b} + 2.0 * {w} * {other} * {rho} * {a} * {b})");
    }

    private static void Elasticity(Draft f)
    {
        Value p = f.Input("price|p", 1, 20), a = f.Quantity("demand|a", 20, 100), e = f.Quantity("elast|e", 0.4, 1.6), cost = f.Quantity("cost|c", 0.5, 5);
        f.Return($"({p} - {cost}) * {a} * pow({p}, -{e})");
    }

    private static void BreakEven(Draft f)
    {
        Value p = f.Input("price|p", 8, 20), v = f.Quantity("variable_cost|vc", 1, 6), fix = f.Input("fixed_cost|fc", 50, 500);
        f.Return($"{fix} / ({p} - {v})");
    }
}
