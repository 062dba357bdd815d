// A few steps of small differential equations with fixed steps: Euler, midpoint, Runge-Kutta, Verlet.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Dynamics
{
    public static Family Family { get; } = new("dynamics", 4, [new(Euler1D, 2), new(Oscillators, 2), new(RungeKutta, 1.3), new(Midpoint), new(Verlet), new(ThreeStates), new(HeatRod), new(FitzHugh)]);

    private static Value Step(Draft f) => f.Quantity("dt|h|step", 0.02, 0.25);

    // The right side of x' = f(x), bounded enough for a handful of steps from order one.
    private static string Rate(Draft f, string x) => f.R.Int(0, 5) switch
    {
        0 => $"-{f.Quantity("k|decay", 0.2, 2)} * {x}",
        1 => $"{f.Quantity("r|grow", 0.3, 1.5)} * {x} * (1.0 - {x})",
        2 => $"{f.Quantity("a|drive", -1, 1)} - {x} * {x} * {x}",
        3 => $"sin({f.Quantity("w|freq", 0.5, 2.5)} * {x}) - {f.Literal(0.1, 0.8)} * {x}",
        4 => $"{f.Quantity("a|input_u", 0.2, 2)} - {f.Quantity("b|loss", 0.3, 1.5)} * {x} / (0.5 + fabs({x}))",
        _ => $"{f.Quantity("g|grav", 0.5, 3)} - {f.Quantity("c|drag", 0.1, 1)} * {x} * fabs({x})",
    };

    private static void Euler1D(Draft f)
    {
        Value x0 = f.Input("x0|start|y_0|state", f.R.Pick(-1.5, 0.1), 1.5), dt = Step(f);
        string x = f.Variable("x|y|cur", x0.Text), rate = Rate(f, x);
        f.Loop(f.R.Int(1, 8));
        f.Line($"{x} += {dt} * ({rate});");
        f.Close();
        f.Return(x);
    }

    private static void Oscillators(Draft f)
    {
        Value x0 = f.Input("x0|theta0|pos", -1.5, 1.5), v0 = f.Input("v0|omega0|vel", -1.5, 1.5), dt = Step(f), k = f.Quantity("k|w2|stiff", 0.5, 4), c = f.Quantity("c|damp|mu", 0.1, 1);
        string x = f.Variable("x|th|q", x0.Text), v = f.Variable("v|om|p", v0.Text);
        f.Loop(f.R.Int(1, 8));
        string a = f.Let("a|acc", f.R.Int(0, 4) switch
        {
            0 => $"-{k} * {x} - {c} * {v}",
            1 => $"-{k} * sin({x}) - {c} * {v}",
            2 => $"{c} * (1.0 - {x} * {x}) * {v} - {k} * {x}",
            3 => $"-{k} * {x} - {f.Literal(0.2, 1.5)} * {x} * {x} * {x} - {c} * {v}",
            _ => $"-{k} * {x} - {c} * {v} * fabs({v})",
        });
        bool symplectic = f.R.Chance(0.5);
        f.Line(symplectic ? $"{v} += {dt} * {a};" : $"{x} += {dt} * {v};");
        f.Line(symplectic ? $"{x} += {dt} * {v};" : $"{v} += {dt} * {a};");
        f.Close();
        f.ReturnAll(f.R.Int(0, 3) switch { 0 => [("xo", x), ("vo", v)], 1 => [("energy", $"0.5 * {v} * {v} + 0.5 * {k} * {x} * {x}")], 2 => [("vo", v)], _ => [("xo", x)] });
    }

    private static void RungeKutta(Draft f)
    {
        Value x0 = f.Input("x0|y_0|start", -1.5, 1.5), dt = Step(f), k = f.Quantity("k|rate", 0.3, 2), u = f.Quantity("u|force", -1, 1);
        string body = f.R.Pick("return u - k * x;", "return u - k * x * x * x;", "return k * x * (1.0 - x) + 0.5 * u;", "return u + k * sin(x) - x;", "return k * cos(x + u);");
        string rate = f.Helper("rate|deriv|rhs", "real x, real k, real u", body), x = f.Variable("x|y", x0.Text);
        f.Loop(f.R.Int(1, 4));
        string k1 = f.Let("k1", $"{rate}({x}, {k}, {u})"), k2 = f.Let("k2", $"{rate}({x} + 0.5 * {dt} * {k1}, {k}, {u})");
        string k3 = f.Let("k3", $"{rate}({x} + 0.5 * {dt} * {k2}, {k}, {u})"), k4 = f.Let("k4", $"{rate}({x} + {dt} * {k3}, {k}, {u})");
        f.Line($"{x} += {dt} / 6.0 * ({k1} + 2.0 * {k2} + 2.0 * {k3} + {k4});");
        f.Close();
        f.Return(x);
    }

    private static void Midpoint(Draft f)
    {
        Value x = f.Input("x|y|state", -1.5, 1.5), dt = Step(f);
        string first = Rate(f, x.Text), half = f.Let("mid|xm|half", $"{x} + 0.5 * {dt} * ({first})");
        f.Return($"{x} + {dt} * ({Rate(f, half)})");
    }

    private static void Verlet(Draft f)
    {
        Value x = f.Input("x|pos", -2, 2), old = f.Input("x_old|prev", -2, 2), dt = f.Quantity("dt|h", 0.1, 0.5), k = f.Quantity("k|stiff", 0.5, 5), d = f.Quantity("d|fric", 0.9, 1);
        f.Return($"{x} + {d} * ({x} - {old}) - {k} * {f.R.Pick($"sin({x})", x.Text, $"{x} * fabs({x})")} * {dt} * {dt}");
    }

    private static void ThreeStates(Draft f)
    {
        Value x = f.Input("x|s1", -2, 2), y = f.Input("y|s2", -2, 2), z = f.Input("z|s3", 0.5, 3), dt = f.Quantity("dt|h", 0.01, 0.15), a = f.Quantity("a|sigma", 0.2, 8), b = f.Quantity("b|rho", 0.5, 5), c = f.Quantity("c|beta", 0.3, 3);
        string dx = $"{x} + {dt} * {f.R.Pick($"{a} * ({y} - {x})", $"(-{y} - {z})", $"({a} * {x} - {y} * {z})")}";
        string dy = $"{y} + {dt} * {f.R.Pick($"({x} * ({b} - {z}) - {y})", $"({x} + {b} * {y})", $"({x} * {z} - {b} * {y})")}";
        string dz = $"{z} + {dt} * {f.R.Pick($"({x} * {y} - {c} * {z})", $"({c} + {z} * ({x} - {a}))", $"({x} * {y} * {c} - {z})")}";
        f.ReturnAll(f.R.Chance(0.5) ? [("xo", dx), ("yo", dy), ("zo", dz)] : [("so", f.R.Pick(dx, dy, dz))]);
    }

    private static void HeatRod(Draft f)
    {
        int n = f.Size(3, 8);
        string u0 = f.Array("t0|u0|temps", n, f.R.Pick(0.0, -1, -20), f.R.Pick(1.0, 40, 100)), u = f.Fresh("u|t|cur"), next = f.Fresh("nu|next|tmp");
        Value r = f.Quantity("r|alpha|diff", 0.05, 0.4);
        f.Line($"real {u}[{n}], {next}[{n}];");
        f.Line($"for (int i = 0; i < {n}; i++) {u}[i] = {u0}[i];");
        f.Open($"for (int k = 0; k < {f.R.Int(1, 4)}; k++)");
        f.Line($"{next}[0] = {u}[0];");
        f.Line($"{next}[{n - 1}] = {u}[{n - 1}];");
        f.Line($"for (int i = 1; i < {n - 1}; i++) {next}[i] = {u}[i] + {r} * ({u}[i - 1] - 2.0 * {u}[i] + {u}[i + 1]);");
        f.Line($"for (int i = 0; i < {n}; i++) {u}[i] = {next}[i];");
        f.Close();
        f.Return($"{u}[{f.R.Int(1, n - 2)}]");
    }

    private static void FitzHugh(Draft f)
    {
        Value v = f.Input("v|volt", -2, 2), w = f.Input("w|recov", -1, 2), i = f.Quantity("cur|i_ext", 0, 1), dt = f.Quantity("dt|h", 0.05, 0.3);
        f.ReturnAll(("vn", $"{v} + {dt} * ({v} - {v} * {v} * {v} / 3.0 - {w} + {i})"), ("wn", $"{w} + {dt} * {f.Literal(0.05, 0.3)} * ({v} + {f.Literal(0.5, 0.9)} - {f.Literal(0.6, 1)} * {w})"));
    }
}
