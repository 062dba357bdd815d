// Formulas of mechanics, heat, electricity and optics.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Physics
{
    public static Family Family { get; } = new("physics", 6,
    [
        new(ProjectileHeight), new(ProjectileRange), new(Drag, 1.5), new(Spring), new(DampedOscillation), new(PendulumPeriod), new(Gravity), new(KineticEnergy),
        new(Collision), new(LowPass), new(Arrhenius), new(IdealGas), new(VanDerWaals), new(Lens), new(Snell), new(Doppler), new(Bernoulli), new(LogWind), new(HeatFlow),
        new(Radiation), new(LennardJones), new(Coulomb), new(Diode), new(VoltageDivider), new(Impedance), new(Relativity), new(StoppingDistance), new(Friction), new(Rocket), new(Buoyancy),
    ]);

    private static string G(Draft f) => f.R.Chance(0.7) ? f.R.Pick("9.81", "9.8", "9.80665") : f.Quantity("g|grav", 1, 12).ToString();

    private static void ProjectileHeight(Draft f)
    {
        Value t = f.Input("t|time", 0, 3), v = f.Input("v0|speed", 5, 30), angle = f.Quantity("angle|theta|elev", 0.3, 1.4), h = f.Quantity("h0|height", 0, 10);
        f.Return($"{h} + {v} * sin({angle}) * {t} - 0.5 * {G(f)} * {t} * {t}");
    }

    private static void ProjectileRange(Draft f)
    {
        Value v = f.Input("v|speed|v0", 2, 30), angle = f.Input("angle|theta|alpha", 0.1, 1.4), h = f.Quantity("h|y0_|height", 0.1, 10);
        string vx = f.Let("vx", $"{v} * cos({angle})"), vy = f.Let("vy", $"{v} * sin({angle})"), g = G(f);
        f.Return(f.R.Chance(0.6) ? $"{vx} / {g} * ({vy} + sqrt({vy} * {vy} + 2.0 * {g} * {h}))" : $"{v} * {v} * sin(2.0 * {angle}) / {g}");
    }

    private static void Drag(Draft f)
    {
        double span = f.R.Pick(3.0, 20, 60);
        Value v = f.Input("v|speed|velocity", f.R.Chance(0.6) ? -span : 0, span), rho = f.Quantity("rho|density", 0.8, 1.4), cd = f.Quantity("cd|drag_coef", 0.1, 1.2), area = f.Quantity("area|A|section", 0.05, 3);
        string force = $"{f.R.Pick("-0.5", "-0.5", "0.5")} * {rho} * {cd} * {area} * {v} * fabs({v})";
        Value mass = f.Quantity("m|mass", 1, 20);
        f.Return(f.R.Int(0, 2) switch { 0 => force, 1 => $"({force}) / {mass} - {G(f)}", _ => $"{v} + {f.Literal(0.005, 0.05)} * ({force}) / {mass}" });
    }

    private static void Spring(Draft f)
    {
        Value x = f.Input("x|pos|stretch", -2, 2), v = f.Quantity("v|vel", -3, 3), k = f.Quantity("k|stiffness", 1, 20), c = f.Quantity("c|damping", 0.1, 3), rest = f.Quantity("rest|l0", 0, 0.5);
        string force = $"-{k} * ({x} - {rest}) - {c} * {v}";
        f.Return(f.R.Chance(0.7) ? force : $"{force} - {f.Literal(0.2, 4)} * {x} * {x} * {x}");
    }

    private static void DampedOscillation(Draft f)
    {
        Value t = f.Input("t|time", 0, 4), a = f.Quantity("a|amp|x0", 0.5, 3), z = f.Quantity("zeta|gamma_v|decay", 0.1, 0.9), w = f.Quantity("omega|w0|freq", 1, 4);
        f.Return($"{a} * exp(-{z} * {t}) * {f.R.Pick("cos", "sin")}({w} * {t} * sqrt(1.0 - {f.Literal(0.1, 0.8)} * {z} * {z}))");
    }

    private static void PendulumPeriod(Draft f)
    {
        Value l = f.Input("l|length", 0.2, 4), amp = f.Quantity("theta0|amp", 0.05, 1.2);
        f.Return($"2.0 * M_PI * sqrt({l} / {G(f)}) * (1.0 + {amp} * {amp} / 16.0)");
    }

    private static void Gravity(Draft f)
    {
        var d = f.Vector("d|r|pos", f.Size(2, 3), -3, 3);
        Value m = f.Quantity("m|mass|mu", 0.5, 10), soft = f.Quantity("eps|soft", 0.2, 1);
        string r2 = f.Let("r2|dist2", $"{string.Join(" + ", d.Select(x => $"{x} * {x}"))} + {soft}");
        f.ReturnAll([.. d.Take(f.R.Int(1, d.Length)).Select((x, i) => ("a" + "xyz"[i], $"-{m} * {x} / ({r2} * sqrt({r2}))"))]);
    }

    private static void KineticEnergy(Draft f)
    {
        var v = f.Vector("v|vel", f.Size(1, 3), -10, 10);
        Value m = f.Quantity("m|mass", 0.5, 10), h = f.Quantity("h|height", 0, 20);
        f.Return($"0.5 * {m} * ({string.Join(" + ", v.Select(x => $"{x} * {x}"))}) + {m} * {G(f)} * {h}");
    }

    private static void Collision(Draft f)
    {
        Value m1 = f.Input("m1|ma", 0.5, 5), m2 = f.Input("m2|mb", 0.5, 5), v1 = f.Input("v1|va", -5, 5), v2 = f.Quantity("v2|vb", -5, 5), e = f.Quantity("e|cor|restitution", 0.3, 1);
        string a = $"({m1} * {v1} + {m2} * {v2} + {m2} * {e} * ({v2} - {v1})) / ({m1} + {m2})", b = $"({m1} * {v1} + {m2} * {v2} + {m1} * {e} * ({v1} - {v2})) / ({m1} + {m2})";
        f.ReturnAll(f.R.Chance(0.5) ? [("u1", a), ("u2", b)] : [("u1", a)]);
    }

    private static void LowPass(Draft f)
    {
        Value w = f.Input("freq|fr|w", 0.1, 10), r = f.Quantity("r|res", 0.2, 3), c = f.Quantity("c|cap", 0.1, 2), v = f.Quantity("vin|v", 0.5, 10);
        string x = f.Let("x|wrc", $"{w} * {r} * {c}");
        f.Return(f.R.Int(0, 2) switch { 0 => $"{v} / sqrt(1.0 + {x} * {x})", 1 => $"{v} * {x} / sqrt(1.0 + {x} * {x})", _ => $"-atan({x}) * {v}" });
    }

    private static void Arrhenius(Draft f)
    {
        Value t = f.Input("T|temp|kelvin", 280, 400), ea = f.Quantity("Ea|act_energy", 5000, 30000), a = f.Quantity("A|prefactor", 0.5, 50);
        f.Return(f.R.Chance(0.6) ? $"{a} * exp(-{ea} / (8.314 * {t}))" : $"{a} * exp({ea} / 8.314 * (1.0 / {f.Literal(290, 310)} - 1.0 / {t}))");
    }

    private static void IdealGas(Draft f)
    {
        Value n = f.Input("n|moles", 0.5, 3), t = f.Input("T|temp", 250, 400), v = f.Quantity("V|vol", 0.5, 5);
        f.Return($"{n} * 8.314 * {t} / {v}");
    }

    private static void VanDerWaals(Draft f)
    {
        Value v = f.Input("V|vol", 0.5, 5), t = f.Input("T|temp", 250, 400), a = f.Quantity("a|attract", 0.1, 5), b = f.Quantity("b|covol", 0.02, 0.2);
        f.Return($"0.08206 * {t} / ({v} - {b}) - {a} / ({v} * {v})");
    }

    private static void Lens(Draft f)
    {
        Value fl = f.Input("focal|fl", 0.5, 2), d = f.Input("dist|d_obj", 3, 20), n = f.Quantity("scale|h0", 0.5, 2);
        string image = f.Let("d_img|img", $"1.0 / (1.0 / {fl} - 1.0 / {d})");
        f.Return(f.R.Chance(0.5) ? $"{n} * {image}" : $"-{n} * {image} / {d}");
    }

    private static void Snell(Draft f)
    {
        Value a = f.Input("theta|inc|angle", 0.05, 1.4), n1 = f.Quantity("n1|eta1", 1, 1.3), n2 = f.Quantity("n2|eta2", 1.3, 2);
        string s = f.Let("s2|sint", $"{n1} / {n2} * sin({a})");
        string c1 = f.Let("c1|cosi", $"cos({a})"), c2 = f.Let("c2|cost", $"sqrt(1.0 - {s} * {s})");
        f.Return(f.R.Int(0, 2) switch { 0 => $"asin({s})", 1 => $"({n1} * {c1} - {n2} * {c2}) / ({n1} * {c1} + {n2} * {c2})", _ => $"{c1} - {f.Coefficient()} * {c2}" });
    }

    private static void Doppler(Draft f)
    {
        Value freq = f.Input("f0|freq", 0.5, 4), v = f.Input("vs|src_v", -60, 60), o = f.Quantity("vo|obs_v", -30, 30);
        f.Return($"{freq} * (343.0 + {o}) / (343.0 - {v})");
    }

    private static void Bernoulli(Draft f)
    {
        Value p = f.Input("p|pressure", 1, 100), v = f.Input("v|flow", 0, 10), h = f.Quantity("h|head|z", 0, 10), rho = f.Quantity("rho|dens", 0.5, 2);
        f.Return(f.R.Chance(0.6) ? $"{p} + 0.5 * {rho} * {v} * {v} + {rho} * {G(f)} * {h}" : $"sqrt(2.0 * ({p} + {G(f)} * {h}) / {rho})");
    }

    private static void LogWind(Draft f)
    {
        Value z = f.Input("z|height", 2, 100), u = f.Quantity("ustar|u", 0.1, 1), z0 = f.Quantity("z0|rough", 0.01, 0.5);
        f.Return($"{u} / {f.Literal(0.38, 0.42)} * log({z} / {z0})");
    }

    private static void HeatFlow(Draft f)
    {
        Value a = f.Input("t1|t_in|hot", 10, 40), b = f.Input("t2|t_out|cold", -15, 30), area = f.Quantity("area|A", 1, 20), d = f.Quantity("d|thick", 0.05, 0.5), k = f.Quantity("k|cond", 0.02, 1);
        f.Return(f.R.Chance(0.7) ? $"{k} * {area} * ({a} - {b}) / {d}" : $"({a} - {b}) / ({f.Literal(0.1, 1)} + {d} / {k})");
    }

    private static void Radiation(Draft f)
    {
        Value t = f.Input("T|temp", 250, 600), e = f.Quantity("eps|emis", 0.3, 1), s = f.Quantity("area|A", 0.5, 3);
        f.Return($"{e} * 5.67e-8 * {s} * {t} * {t} * {t} * {t}");
    }

    private static void LennardJones(Draft f)
    {
        Value r = f.Input("r|dist", 0.95, 2.5), e = f.Quantity("eps|well", 0.3, 3), s = f.Quantity("sigma|sig", 0.8, 1.1);
        string q = f.Let("q|sr", $"{s} / {r}"), q2 = f.Let("q2", $"{q} * {q}"), q6 = f.Let("q6|sr6", $"{q2} * {q2} * {q2}");
        f.Return($"4.0 * {e} * ({q6} * {q6} - {q6})");
    }

    private static void Coulomb(Draft f)
    {
        Value a = f.Input("q1|qa", -2, 2), b = f.Input("q2|qb", -2, 2), r = f.Input("r|dist", 0.5, 3), k = f.Constant("k|ke", 0.5, 10);
        f.Return(f.R.Chance(0.6) ? $"{k} * {a} * {b} / ({r} * {r})" : $"{k} * {a} * {b} * exp(-{r} / {f.Literal(0.5, 3)}) / {r}");
    }

    private static void Diode(Draft f)
    {
        Value v = f.Input("v|vd|volt", -0.2, 0.3), i = f.Quantity("is|i0", 0.1, 2), n = f.Quantity("vt|nvt", 0.06, 0.2);
        f.Return($"{i} * (exp({v} / {n}) - 1.0)");
    }

    private static void VoltageDivider(Draft f)
    {
        Value v = f.Input("vin|vcc", 1, 12), a = f.Input("r1|ra", 1, 10), b = f.Input("r2|rb", 1, 10), load = f.Quantity("rl|load", 1, 50);
        string p = f.Let("rp|par", $"{b} * {load} / ({b} + {load})");
        f.Return($"{v} * {p} / ({a} + {p})");
    }

    private static void Impedance(Draft f)
    {
        Value w = f.Input("w|omega", 0.5, 5), r = f.Quantity("r|res", 0.5, 5), l = f.Quantity("l|ind", 0.1, 2), c = f.Quantity("c|cap", 0.1, 2);
        string x = f.Let("x|react", $"{w} * {l} - 1.0 / ({w} * {c})");
        f.Return(f.R.Chance(0.6) ? $"sqrt({r} * {r} + {x} * {x})" : $"atan2({x}, {r})");
    }

    private static void Relativity(Draft f)
    {
        Value u = f.Input("u|v1|beta1", -0.85, 0.85), v = f.Quantity("v|v2|beta2", -0.85, 0.85);
        f.Return(f.R.Chance(0.5) ? $"({u} + {v}) / (1.0 + {u} * {v})" : $"{f.Quantity("m|mass", 0.5, 5)} / sqrt(1.0 - {u} * {u})");
    }

    private static void StoppingDistance(Draft f)
    {
        Value v = f.Input("v|kmh|speed", 10, 130), react = f.Quantity("react|tr", 0.5, 2), mu = f.Quantity("mu|grip", 0.3, 0.9);
        string ms = f.Let("ms|vms", $"{v} / 3.6");
        f.Return($"{ms} * {react} + {ms} * {ms} / (2.0 * {mu} * {G(f)})");
    }

    private static void Friction(Draft f)
    {
        Value push = f.Input("push|F|force", -20, 20), m = f.Quantity("m|mass", 0.5, 4), mu = f.Quantity("mu|mus", 0.1, 0.6);
        string limit = f.Let("lim|fmax_|hold", $"{mu} * {m} * {G(f)}");
        f.Return($"fabs({push}) <= {limit} ? 0.0 : ({push} > 0.0 ? {push} - {limit} : {push} + {limit}) / {m}");
    }

    private static void Rocket(Draft f)
    {
        Value wet = f.Input("m0|wet", 5, 20), dry = f.Quantity("mf|dry", 1, 4), isp = f.Quantity("isp|ve", 1, 4.5);
        f.Return($"{isp} * log({wet} / {dry}) - {G(f)} * {f.Literal(0.01, 0.1)}");
    }

    private static void Buoyancy(Draft f)
    {
        Value r = f.Input("r|radius", 0.2, 1.5), d = f.Input("depth|sub", 0, 2), rho = f.Quantity("rho|dens", 0.5, 2);
        string h = f.Let("h|hs", $"fmin({d}, 2.0 * {r})");
        f.Return($"{rho} * {G(f)} * M_PI * {h} * {h} * ({r} - {h} / 3.0)");
    }
}
