// Rules of games: damage, falloff, levels, chances, aiming.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Games
{
    public static Family Family { get; } = new("games", 2.5,
        [new(Damage, 1.5), new(Falloff), new(Levels), new(CriticalHit), new(AimLead), new(Elo), new(FuelUse), new(Threat), new(Steering), new(CameraShake), new(JumpArc), new(Economy)]);

    private static void Damage(Draft f)
    {
        Value attack = f.Input("attack|atk|power", 5, 60), armour = f.Input("armour|def|shield", 0, 50), mult = f.Quantity("mult|bonus|type_mod", 0.5, 2), k = f.Quantity("k|armour_k", 10, 100);
        f.Return(f.R.Int(0, 4) switch
        {
            0 => $"fmax(1.0, {attack} * {mult} - {armour})",
            1 => $"{attack} * {mult} * {k} / ({k} + {armour})",
            2 => $"floor({attack} * {mult} * (1.0 - {armour} / ({armour} + {k})))",
            3 => $"{attack} > {armour} ? ({attack} - {armour}) * {mult} : {attack} * {f.Literal(0.05, 0.3)}",
            _ => $"{attack} * {attack} / ({attack} + {armour}) * {mult}",
        });
    }

    private static void Falloff(Draft f)
    {
        Value d = f.Input("dist|d|range", 0, 30), near = f.Quantity("near|r0|inner", 2, 8), far = f.Quantity("far|r1|outer", 15, 28), top = f.Quantity("dmg|full|volume", 1, 100);
        f.Return(f.R.Int(0, 2) switch
        {
            0 => $"{d} <= {near} ? {top} : ({d} >= {far} ? 0.0 : {top} * ({far} - {d}) / ({far} - {near}))",
            1 => $"{top} / (1.0 + {d} * {d} / ({near} * {near}))",
            _ => $"{top} * fmax(0.0, 1.0 - {d} / {far}) * fmax(0.0, 1.0 - {d} / {far})",
        });
    }

    private static void Levels(Draft f)
    {
        Value xp = f.Input("xp|exp_pts|points", 0, 5000), b = f.Quantity("base_xp|step", 50, 200);
        f.Return(f.R.Int(0, 2) switch
        {
            0 => $"floor(sqrt({xp} / {b})) + 1.0",
            1 => $"log(1.0 + {xp} / {b}) * {f.Literal(2, 10)}",
            _ => $"(sqrt(1.0 + 8.0 * {xp} / {b}) - 1.0) * 0.5",
        });
    }

    private static void CriticalHit(Draft f)
    {
        Value dmg = f.Input("dmg|damage", 5, 50), chance = f.Input("crit|chance", 0, 1), mult = f.Quantity("crit_mult|mul", 1.5, 3), acc = f.Quantity("acc|hit", 0.3, 1);
        f.Return($"{acc} * ({dmg} * (1.0 - {chance}) + {dmg} * {mult} * {chance})");
    }

    private static void AimLead(Draft f)
    {
        var p = f.Vector("p|rel|target", 2, -10, 10);
        var v = f.Vector("v|tv|vel", 2, -3, 3);
        Value speed = f.Quantity("speed|bullet", 8, 20);
        string t = f.Let("t|eta", $"sqrt({p[0]} * {p[0]} + {p[1]} * {p[1]}) / {speed}");
        f.ReturnAll(f.R.Chance(0.6) ? [("lx", $"{p[0]} + {v[0]} * {t}"), ("ly", $"{p[1]} + {v[1]} * {t}")] : [("aim", $"atan2({p[1]} + {v[1]} * {t}, fabs({p[0]} + {v[0]} * {t}) + {f.Literal(0.2, 2)})")]);
    }

    private static void Elo(Draft f)
    {
        Value a = f.Input("ra|rating_a|mine", 1000, 2200), b = f.Input("rb|rating_b|theirs", 1000, 2200), k = f.Quantity("k|kfac", 10, 40), score = f.Quantity("score|res", 0, 1);
        f.Return($"{k} * ({score} - 1.0 / (1.0 + pow(10.0, ({b} - {a}) / {f.R.Pick("400.0", "500.0", "800.0")})))");
    }

    private static void FuelUse(Draft f)
    {
        Value throttle = f.Input("throttle|gas", 0, 1), rpm = f.Input("rpm|revs", 800, 6500), load = f.Quantity("load|torque", 0.1, 1);
        f.Return($"{f.Literal(0.2, 1)} + {f.Literal(1, 8)} * {throttle} * {rpm} / 6500.0 + {f.Literal(0.5, 3)} * {load} * {load}");
    }

    private static void Threat(Draft f)
    {
        Value hp = f.Input("hp|health", 0, 100), d = f.Input("dist|d", 1, 50), dps = f.Quantity("dps|attack", 1, 30);
        Value ally = f.Integer("allies|n|team", 0, 5);
        string s = f.Variable("score|threat", $"{dps} * (1.0 + {hp} / 100.0) / (1.0 + {f.Literal(0.02, 0.3)} * {d})");
        f.Line($"if ({ally} > {f.R.Int(1, 3)}) {s} *= {f.Literal(0.3, 0.8)};");
        f.Line($"if ({hp} < {f.Literal(15, 45)}) {s} += {f.Literal(1, 12)};");
        f.Return(s);
    }

    private static void Steering(Draft f)
    {
        var p = f.Vector("to|d|goal", 2, -8, 8);
        Value top = f.Quantity("max_speed|vmax", 1, 5), slow = f.Quantity("slow|arrive", 2, 6);
        string d = f.Let("d|len", $"sqrt({p[0]} * {p[0]} + {p[1]} * {p[1]}) + 0.01"), s = f.Let("spd|s1", $"{d} < {slow} ? {top} * {d} / {slow} : {top}");
        f.ReturnAll(("sx", $"{p[0]} / {d} * {s}"), ("sy", $"{p[1]} / {d} * {s}"));
    }

    private static void CameraShake(Draft f)
    {
        Value t = f.Input("t|time", 0, 1), trauma = f.Input("trauma|shake", 0, 1), amp = f.Quantity("amp|max_angle", 1, 10);
        f.Return($"{amp} * {trauma} * {trauma} * sin({f.Literal(3, 14)} * {t} + {f.Literal(0, 3)})");
    }

    private static void JumpArc(Draft f)
    {
        Value x = f.Input("x|frac|progress", 0, 1), a = f.Quantity("from_y|y0_", 0, 3), b = f.Quantity("to_y|y1_", 0, 3), h = f.Quantity("apex|hop", 1, 5);
        f.Return($"{a} + ({b} - {a}) * {x} + 4.0 * {h} * {x} * (1.0 - {x})");
    }

    private static void Economy(Draft f)
    {
        Value n = f.Integer("n|owned|count", 0, 15);
        Value cost = f.Quantity("cost|price", 5, 50), growth = f.Quantity("growth|mul", 1.05, 1.25);
        f.Return($"floor({cost} * pow({growth}, {n}))");
    }
}
