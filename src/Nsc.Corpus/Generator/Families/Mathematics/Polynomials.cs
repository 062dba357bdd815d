// Polynomials and rational functions of one or two variables, in the forms that numerical code gives them.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Polynomials
{
    public static Family Family { get; } = new("polynomials", 4,
    [
        new(Horner, 2), new(Powers, 1.5), new(Rational), new(Taylor), new(Chebyshev), new(QuadraticRoot), new(Discriminant), new(TwoVariables), new(Bezier),
        new(HermiteSpline), new(Lagrange),
    ]);

    private static Value Argument(Draft f) => f.Input("x|t|z|u", f.R.Pick(-1.0, -2, 0), f.R.Pick(1.0, 2));

    private static string[] Coefficients(Draft f, int count) =>
        [.. Enumerable.Range(0, count).Select(i => f.Quantity($"c{i}|a{i}|k{i}", -3, 3).ToString())];

    private static void Horner(Draft f)
    {
        Value x = Argument(f);
        string[] c = Coefficients(f, f.R.Int(3, 6));
        if (f.R.Chance(0.3))
        {
            string table = f.Table("coef|poly|c", f.Coefficients(c.Length)), acc = f.Variable("acc|p|y", $"{table}[0]");
            f.Open($"for (int i = 1; i < {c.Length}; i++)");
            f.Line($"{acc} = {acc} * {x} + {table}[i];");
            f.Close();
            f.Return(acc);
            return;
        }

        f.Return(c.Skip(1).Aggregate(c[0], (sum, next) => $"({sum}) * {x} + {next}"));
    }

    private static void Powers(Draft f)
    {
        Value x = Argument(f);
        string x2 = f.Let("x2|xx|sq", $"{x} * {x}"), x3 = f.Let("x3|cube", $"{x2} * {x}");
        string[] c = Coefficients(f, 4);
        f.Return($"{c[0]} + {c[1]} * {x} + {c[2]} * {x2} + {c[3]} * {(f.R.Chance(0.3) ? $"pow({x}, 3.0)" : x3)}");
    }

    private static void Rational(Draft f)
    {
        Value x = f.Input("x|s|w", -3, 3);
        string[] c = Coefficients(f, 3);
        f.Return($"({c[0]} + {c[1]} * {x} + {c[2]} * {x} * {x}) / ({f.Quantity("d0|q0", 0.5, 3)} + {f.Quantity("d2|q2", 0.2, 2)} * {x} * {x})");
    }

    private static void Taylor(Draft f)
    {
        Value x = f.Input("x|angle|t", -1.5, 1.5), k = f.Quantity("k|amp|scale", 0.5, 2);
        string y = f.Let("y|z|arg", $"{k} * {x}"), y2 = f.Let("y2|zz", $"{y} * {y}");
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"{y} * (1.0 - {y2} / 6.0 + {y2} * {y2} / 120.0)",
            1 => $"1.0 - {y2} / 2.0 + {y2} * {y2} / 24.0",
            2 => $"1.0 + {y} + {y2} / 2.0 + {y2} * {y} / 6.0",
            _ => $"{y} - {y2} / 2.0 + {y} * {y2} / 3.0",
        });
    }

    private static void Chebyshev(Draft f)
    {
        Value x = f.Input("x|t|u", -1, 1);
        string previous = f.Variable("t0|tkm1|prev", "1.0"), current = f.Variable("t1|tk|cur", x.Text);
        string sum = f.Variable("sum|acc", $"{f.Coefficient()} + {f.Coefficient()} * {x}");
        for (int i = f.R.Int(1, 3); i > 0; i--)
        {
            string next = f.Let("t|next", $"2.0 * {x} * {current} - {previous}");
            f.Line($"{sum} += {f.Quantity("c|a", -2, 2)} * {next};");
            f.Line($"{previous} = {current};");
            f.Line($"{current} = {next};");
        }

        f.Return(sum);
    }

    private static void QuadraticRoot(Draft f)
    {
        Value a = f.Input("a|qa", 0.5, 3), b = f.Quantity("b|qb", -4, 4), c = f.Quantity("c|qc", -3, 3);
        string disc = f.Let("disc|delta|d", $"{b} * {b} - 4.0 * {a} * {c}");
        if (f.R.Chance(0.5))
        {
            f.Open($"if ({disc} < 0.0)");
            f.Exit(f.R.Pick("0.0", "-1.0", $"-{b} / (2.0 * {a})"));
            f.Close();
            f.Exit($"(-{b} {f.R.Pick("+", "-")} sqrt({disc})) / (2.0 * {a})");
            return;
        }

        f.Return($"(-{b} {f.R.Pick("+", "-")} sqrt(fabs({disc}))) / (2.0 * {a})");
    }

    private static void Discriminant(Draft f)
    {
        Value a = f.Free("a|p"), b = f.Free("b|q"), c = f.Quantity("c|r", -3, 3);
        f.Return(f.R.Chance(0.6) ? $"{b} * {b} - 4.0 * {a} * {c}" : $"-4.0 * {a} * {a} * {a} - 27.0 * {b} * {b} + {c}");
    }

    private static void TwoVariables(Draft f)
    {
        Value x = f.Free("x|u|s"), y = f.Free("y|v|t");
        string[] monomials = ["1.0", x.Text, y.Text, $"{x} * {y}", $"{x} * {x}", $"{y} * {y}"];
        f.Return(f.Sum(monomials.Where(_ => f.R.Chance(0.75)).DefaultIfEmpty($"{x} * {y}").Select(m => (Numbers.Coefficient(f.R), m)).ToList()) + $" + {f.Coefficient()} * {x}");
    }

    private static void Bezier(Draft f)
    {
        Value t = f.Input("t|u", 0, 1);
        bool cubic = f.R.Chance(0.5);
        string[] p = [.. Enumerable.Range(0, cubic ? 4 : 3).Select(i => f.Quantity($"p{i}|b{i}", -2, 2).ToString())];
        string s = f.Let("s1|mt|omt", $"1.0 - {t}");
        f.Return(cubic
            ? $"{s} * {s} * {s} * {p[0]} + 3.0 * {s} * {s} * {t} * {p[1]} + 3.0 * {s} * {t} * {t} * {p[2]} + {t} * {t} * {t} * {p[3]}"
            : $"{s} * {s} * {p[0]} + 2.0 * {s} * {t} * {p[1]} + {t} * {t} * {p[2]}");
    }

    private static void HermiteSpline(Draft f)
    {
        Value t = f.Input("t|u|frac", 0, 1), a = f.Quantity("p0|y0_|a", -2, 2), b = f.Quantity("p1|y1_|b", -2, 2), m = f.Quantity("m0|d0", -3, 3), n = f.Quantity("m1|d1", -3, 3);
        string t2 = f.Let("t2|tt", $"{t} * {t}"), t3 = f.Let("t3|ttt", $"{t2} * {t}");
        f.Return($"(2.0 * {t3} - 3.0 * {t2} + 1.0) * {a} + ({t3} - 2.0 * {t2} + {t}) * {m} + (3.0 * {t2} - 2.0 * {t3}) * {b} + ({t3} - {t2}) * {n}");
    }

    private static void Lagrange(Draft f)
    {
        Value x = f.Input("x|t", -1, 2);
        string[] y = [.. Enumerable.Range(0, 3).Select(i => f.Quantity($"f{i}|v{i}", -2, 2).ToString())];
        f.Return($"{y[0]} * ({x} - 1.0) * ({x} - 2.0) / 2.0 - {y[1]} * {x} * ({x} - 2.0) + {y[2]} * {x} * ({x} - 1.0) / 2.0");
    }
}
