// Kinetics, growth, epidemics, doses.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Biology
{
    public static Family Family { get; } = new("biology", 2.5,
        [new(MichaelisMenten, 1.3), new(Hill), new(LotkaStep), new(LogisticGrowth), new(Gompertz), new(Sir), new(Dose), new(Allometry), new(Inhibition), new(TemperatureResponse), new(Nernst), new(Photosynthesis), new(Ph)]);

    private static void MichaelisMenten(Draft f)
    {
        Value s = f.Input("s|substrate|conc", 0, 10), vmax = f.Quantity("vmax|v_max", 0.5, 5), km = f.Quantity("km|k_m", 0.2, 4);
        f.Return($"{vmax} * {s} / ({km} + {s})");
    }

    private static void Hill(Draft f)
    {
        Value x = f.Input("x|ligand|dose", 0.1, 5), k = f.Quantity("k|ec50|kd", 0.5, 3), n = f.Quantity("n|hill", 1, 4), top = f.Quantity("top|emax", 0.5, 4);
        string p = f.Let("p|xn", $"pow({x}, {n})");
        f.Return(f.R.Chance(0.6) ? $"{top} * {p} / (pow({k}, {n}) + {p})" : $"{top} / (1.0 + pow({x} / {k}, {n}))");
    }

    private static void LotkaStep(Draft f)
    {
        Value x = f.Input("prey|x|hares", 0.2, 4), y = f.Input("pred|y|foxes", 0.2, 3), dt = f.Quantity("dt|h", 0.02, 0.3);
        Value a = f.Quantity("a|birth", 0.5, 1.5), b = f.Quantity("b|eat", 0.2, 1), c = f.Quantity("c|death", 0.3, 1.2), d = f.Quantity("d|conv", 0.1, 0.6);
        f.ReturnAll(("x_new", $"{x} + {dt} * ({a} * {x} - {b} * {x} * {y})"), ("y_new", $"{y} + {dt} * ({d} * {x} * {y} - {c} * {y})"));
    }

    private static void LogisticGrowth(Draft f)
    {
        Value n = f.Input("n|pop|n0", 1, 80), r = f.Quantity("r|rate", 0.1, 1), k = f.Quantity("K|cap", 50, 120), t = f.Quantity("t|time", 0.5, 6);
        f.Return(f.R.Chance(0.5) ? $"{k} / (1.0 + ({k} - {n}) / {n} * exp(-{r} * {t}))" : $"{n} + {t} * {r} * {n} * (1.0 - {n} / {k})");
    }

    private static void Gompertz(Draft f)
    {
        Value t = f.Input("t|age", 0, 10), a = f.Quantity("a|asym", 1, 10), b = f.Quantity("b|disp", 1, 4), c = f.Quantity("c|rate", 0.2, 0.9);
        f.Return($"{a} * exp(-{b} * exp(-{c} * {t}))");
    }

    private static void Sir(Draft f)
    {
        Value s = f.Input("s|sus", 0.2, 1), i = f.Input("inf|sick", 0.01, 0.5), beta = f.Quantity("beta|contact", 0.5, 3), gamma = f.Quantity("rec|gamma_r", 0.1, 0.8), dt = f.Quantity("dt|h", 0.05, 0.5);
        string infected = f.Let("ni|new_inf", $"{beta} * {s} * {i}");
        f.ReturnAll(("ds", $"{s} - {dt} * {infected}"), ("di", $"{i} + {dt} * ({infected} - {gamma} * {i})"));
    }

    private static void Dose(Draft f)
    {
        Value t = f.Input("t|hours", 0, 12), d = f.Input("dose|d", 50, 500), ka = f.Quantity("ka|absorb", 0.8, 2), ke = f.Quantity("ke|elim", 0.1, 0.5), v = f.Quantity("vol|vd", 10, 40);
        f.Return($"{d} * {ka} / ({v} * ({ka} - {ke})) * (exp(-{ke} * {t}) - exp(-{ka} * {t}))");
    }

    private static void Allometry(Draft f)
    {
        Value m = f.Input("mass|m|weight", 1, 100), a = f.Quantity("a|coef", 0.5, 70), b = f.Quantity("b|expo", 0.4, 0.9), t = f.Quantity("temp|t", 5, 35);
        f.Return(f.R.Chance(0.5) ? $"{a} * pow({m}, {b})" : $"{a} * pow({m}, {b}) * pow({f.Literal(1.5, 3)}, ({t} - 20.0) / 10.0)");
    }

    private static void Inhibition(Draft f)
    {
        Value s = f.Input("s|sub", 0.2, 8), i = f.Input("i_conc|inhib", 0, 5), km = f.Quantity("km", 0.3, 3), ki = f.Quantity("ki", 0.5, 3), v = f.Quantity("vmax|v", 0.5, 5);
        f.Return(f.R.Pick($"{v} * {s} / ({km} * (1.0 + {i} / {ki}) + {s})", $"{v} * {s} / ({km} + {s} * (1.0 + {i} / {ki}))", $"{v} * {s} / ({km} + {s} + {s} * {s} / {ki})"));
    }

    private static void TemperatureResponse(Draft f)
    {
        Value t = f.Input("t|temp", 0, 45), best = f.Quantity("topt|opt", 20, 30), low = f.Quantity("tmin|lo", 2, 10), high = f.Quantity("tmax|hi", 35, 44);
        f.Return(f.R.Chance(0.5)
            ? $"{t} <= {low} || {t} >= {high} ? 0.0 : ({t} - {low}) * ({high} - {t}) / (({best} - {low}) * ({high} - {best}))"
            : $"exp(-{f.Literal(0.003, 0.02)} * ({t} - {best}) * ({t} - {best}))");
    }

    private static void Nernst(Draft f)
    {
        Value o = f.Input("c_out|outside", 1, 150), i = f.Input("c_in|inside", 5, 150), t = f.Quantity("T|temp", 280, 320), z = f.Constant("z|valence", 1, 2);
        f.Return($"8.314 * {t} / ({z} * 96.485) * log({o} / {i})");
    }

    private static void Photosynthesis(Draft f)
    {
        Value light = f.Input("light|par", 0, 2000), p = f.Quantity("pmax|pm", 5, 40), a = f.Quantity("alpha|q_yield", 0.01, 0.08), r = f.Quantity("resp|rd", 0.5, 3);
        f.Return(f.R.Chance(0.5) ? $"{p} * tanh({a} * {light} / {p}) - {r}" : $"{p} * {a} * {light} / ({p} + {a} * {light}) - {r}");
    }

    private static void Ph(Draft f)
    {
        Value acid = f.Input("acid|ha", 0.1, 5), b = f.Input("base_c|conj", 0.1, 5), pka = f.Quantity("pka|pk", 3, 9);
        f.Return($"{pka} + log10({b} / {acid})");
    }
}
