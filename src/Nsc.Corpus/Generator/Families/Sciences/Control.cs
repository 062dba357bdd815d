// Controllers, limiters and estimators: one step of each.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Control
{
    public static Family Family { get; } = new("control", 3,
        [new(Pid, 2), new(Saturate), new(DeadZone), new(Complementary), new(AlphaBeta), new(SlewLimit), new(BangBang), new(Membership), new(FuzzyRules), new(Kalman), new(FeedForward), new(Differential), new(AntiWindup)]);

    private static void Pid(Draft f)
    {
        Value target = f.Free("set|target|ref_v"), y = f.Input("y|meas|pv", target.Range);
        double span = target.Magnitude;
        Value kp = f.Quantity("kp|p_gain", 0.2, 4), sum = f.Quantity("integ|isum", -span, span), ki = f.Quantity("ki|i_gain", 0.01, 1), last = f.Quantity("last|prev_err|e1", -span, span), kd = f.Quantity("kd|d_gain", 0.01, 1);
        string e = f.Let("e|err", $"{target} - {y}");
        string u = f.Let("u|cmd|out_v", $"{kp} * {e} + {ki} * ({sum} + {e}) + {kd} * ({e} - {last})"), limit = Numbers.Literal(Numbers.Round(Math.Max(0.01, span * f.R.Uniform(1, 4)), 1));
        f.Return(f.R.Chance(0.5) ? u : $"{u} > {limit} ? {limit} : ({u} < -{limit} ? -{limit} : {u})");
    }

    private static void Saturate(Draft f)
    {
        Value u = f.Input("u|cmd|force", -10, 10), low = f.Quantity("umin|lo", -8, -1), high = f.Quantity("umax|hi", 1, 8), bias = f.Quantity("bias|trim", -2, 2);
        f.Return($"fmax({low}, fmin({high}, {u} + {bias}))");
    }

    private static void DeadZone(Draft f)
    {
        Value u = f.Input("u|stick|e", -1, 1), w = f.Quantity("band|dead|dz", 0.05, 0.4), k = f.Quantity("k|slope", 0.5, 5);
        f.Return(f.R.Chance(0.5)
            ? $"fabs({u}) < {w} ? 0.0 : {k} * ({u} - ({u} > 0.0 ? {w} : -{w}))"
            : $"{k} * (fmax({u} - {w}, 0.0) + fmin({u} + {w}, 0.0))");
    }

    private static void Complementary(Draft f)
    {
        Value angle = f.Input("angle|est", -1, 1), gyro = f.Input("gyro|rate", -3, 3), acc = f.Input("acc|tilt", -1, 1), a = f.Quantity("alpha|k", 0.6, 0.98), dt = f.Quantity("dt|ts", 0.01, 0.1);
        f.Return($"{a} * ({angle} + {gyro} * {dt}) + (1.0 - {a}) * {acc}");
    }

    private static void AlphaBeta(Draft f)
    {
        Value x = f.Input("x|pos", -5, 5), v = f.Input("v|vel", -2, 2), z = f.Input("z|meas", -5, 5), dt = f.Quantity("dt|T", 0.05, 0.5), a = f.Quantity("alpha|a", 0.1, 0.9), b = f.Quantity("beta|b", 0.01, 0.4);
        string p = f.Let("xp|pred", $"{x} + {dt} * {v}"), r = f.Let("r|res|innov", $"{z} - {p}");
        f.ReturnAll(("x_new", $"{p} + {a} * {r}"), ("v_new", $"{v} + {b} / {dt} * {r}"));
    }

    private static void SlewLimit(Draft f)
    {
        Value now = f.Input("cur|y1_|last", -2, 2), goal = f.Input("goal|cmd|target", -2, 2), step = f.Quantity("max_step|rate|slew", 0.2, 1.5);
        string d = f.Variable("d|delta", $"{goal} - {now}");
        f.Line($"if ({d} > {step}) {d} = {step};");
        f.Line($"if ({d} < -{step}) {d} = -{step};");
        f.Return($"{now} + {d}");
    }

    private static void BangBang(Draft f)
    {
        Value t = f.Input("temp|t|level", 10, 30), target = f.Quantity("set|target", 17, 23), band = f.Quantity("band|hyst", 0.5, 3), power = f.Quantity("power|gain", 1, 10);
        f.Return($"{t} < {target} - {band} ? {power} : ({t} > {target} + {band} ? -{f.Literal(0.5, 6)} : {f.Literal(0.1, 1)} * ({target} - {t}))");
    }

    private static void Membership(Draft f)
    {
        Value x = f.Input("x|temp|speed", 0, 10), a = f.Quantity("a|left", 0.5, 2), b = f.Quantity("b|peak", 3, 5), c = f.Quantity("c|right", 6, 9);
        f.Return($"fmax(0.0, fmin(({x} - {a}) / ({b} - {a}), ({c} - {x}) / ({c} - {b})))");
    }

    private static void FuzzyRules(Draft f)
    {
        Value e = f.Input("e|err", -1, 1), d = f.Input("de|rate", -1, 1);
        string neg = f.Let("neg|lo", $"fmin(1.0, fmax(0.0, {f.Literal(0.3, 0.6)} - {e}))"), pos = f.Let("pos|hi", $"fmin(1.0, fmax(0.0, {f.Literal(0.3, 0.6)} + {e}))");
        string up = f.Let("up|rise", $"fmin(1.0, fmax(0.0, {f.Literal(0.4, 0.6)} + {f.Literal(0.4, 0.6)} * {d}))");
        string w1 = f.Let("w1|r1", $"fmin({pos}, {up})"), w2 = f.Let("w2|r2", f.R.Pick($"fmin({neg}, 1.0 - {up})", $"{neg} * (1.0 - {up})"));
        f.Return($"({f.Literal(0.5, 3)} * {w1} - {f.Literal(0.5, 3)} * {w2}) / ({w1} + {w2} + {f.Literal(0.1, 0.5)})");
    }

    private static void Kalman(Draft f)
    {
        Value x = f.Input("x|est", -3, 3), z = f.Input("z|meas", -3, 3), p = f.Input("p|cov", 0.1, 3), q = f.Quantity("q|proc", 0.01, 0.5), r = f.Quantity("r|noise", 0.1, 2);
        string pp = f.Let("pp|prior", $"{p} + {q}"), k = f.Let("k|gain", $"{pp} / ({pp} + {r})");
        f.ReturnAll(f.R.Chance(0.5) ? [("xe", $"{x} + {k} * ({z} - {x})"), ("pe", $"(1.0 - {k}) * {pp}")] : [("xe", $"{x} + {k} * ({z} - {x})")]);
    }

    private static void FeedForward(Draft f)
    {
        Value v = f.Input("v|vel", -3, 3), a = f.Input("a|acc", -5, 5), kv = f.Quantity("kv|kvel", 0.3, 3), ka = f.Quantity("ka|kacc", 0.05, 1), ks = f.Quantity("ks|stat", 0.1, 1);
        f.Return($"{ks} * ({v} > 0.0 ? 1.0 : -1.0) + {kv} * {v} + {ka} * {a}");
    }

    private static void Differential(Draft f)
    {
        Value l = f.Input("left|vl", -2, 2), r = f.Input("right|vr", -2, 2), heading = f.Input("th|heading", -3.1, 3.1), w = f.Quantity("track|base_w", 0.2, 1), dt = f.Quantity("dt|ts", 0.05, 0.5);
        string v = f.Let("v|vc", $"0.5 * ({l} + {r})"), turn = f.Let("om|turn", $"({r} - {l}) / {w}");
        f.ReturnAll(("dx", $"{v} * cos({heading}) * {dt}"), ("dy", $"{v} * sin({heading}) * {dt}"), ("dth", $"{turn} * {dt}"));
    }

    private static void AntiWindup(Draft f)
    {
        Value e = f.Input("e|err", -2, 2), sum = f.Input("sum|integ", -5, 5), k = f.Quantity("ki|k", 0.2, 2), cap = f.Quantity("cap|limit", 2, 4.5);
        string s = f.Variable("s1|acc", $"{sum} + {e} * {f.Literal(0.1, 1)}");
        f.Line($"if (fabs({s}) > {cap}) {s} = {s} > 0.0 ? {cap} : -{cap};");
        f.Return($"{k} * {s} + {f.Literal(0.2, 2)} * {e}");
    }
}
