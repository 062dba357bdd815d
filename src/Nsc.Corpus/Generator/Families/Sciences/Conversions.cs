// Conversions and empirical formulas of daily life.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Conversions
{
    public static Family Family { get; } = new("units", 2,
        [new(Temperature), new(BodyMass), new(WindChill), new(HeatIndex), new(Pace), new(Tank), new(DewPoint), new(Calories), new(Time), new(Concrete), new(Linear, 1.5)]);

    private static void Temperature(Draft f)
    {
        Value t = f.Input("t|c|deg|temp", -40, 120), k = f.Quantity("offset|calib", -3, 3);
        f.Return(f.R.Pick($"{t} * 9.0 / 5.0 + 32.0 + {k}", $"({t} - 32.0) * 5.0 / 9.0 + {k}", $"{t} + 273.15 - {k}"));
    }

    private static void BodyMass(Draft f)
    {
        Value kg = f.Input("kg|weight", 45, 120), m = f.Input("m|height", 1.5, 2), age = f.Quantity("age|years", 18, 80);
        f.Return(f.R.Pick($"{kg} / ({m} * {m})", $"{f.Literal(9, 14)} * {kg} + {f.Literal(400, 650)} * {m} - {f.Literal(4, 7)} * {age}", $"{f.Literal(0.006, 0.03)} * pow({kg}, {f.Literal(0.4, 0.6)}) * pow({m} * 100.0, {f.Literal(0.5, 0.8)})"));
    }

    private static void WindChill(Draft f)
    {
        Value t = f.Input("t|temp", -30, 10), v = f.Input("v|wind", 5, 80);
        string p = f.Let("p|v16", $"pow({v}, {f.Literal(0.14, 0.2)})");
        f.Return($"{f.Literal(12, 14)} + {f.Literal(0.5, 0.7)} * {t} - {f.Literal(10, 12)} * {p} + {f.Literal(0.3, 0.5)} * {t} * {p}");
    }

    private static void HeatIndex(Draft f)
    {
        Value t = f.Input("t|temp", 20, 40), h = f.Input("h|humidity|rh", 20, 100);
        f.Return($"{f.Literal(-9, -5)} + {f.Literal(1, 2)} * {t} + {f.Literal(1, 3)} * {h} - {f.Literal(0.05, 0.2)} * {t} * {h} - {f.Literal(0.005, 0.02)} * {t} * {t} - {f.Literal(0.005, 0.02)} * {h} * {h}");
    }

    private static void Pace(Draft f)
    {
        Value min = f.Integer("minutes|mm", 1, 59), sec = f.Integer("seconds|ss", 0, 59), km = f.Quantity("km|dist", 1, 20);
        f.Return(f.R.Pick($"{km} * 3600.0 / ({min} * 60 + {sec})", $"({min} * 60 + {sec}) / {km}"));
    }

    private static void Tank(Draft f)
    {
        Value h = f.Input("h|level|fill", 0.05, 0.95), r = f.Constant("r|radius", 0.5, 0.55), l = f.Quantity("len|l", 1, 6);
        string d = f.Let("d|u", $"(0.5 - {h}) / {r}");
        f.Return($"{l} * {r} * {r} * (acos({d}) - {d} * sqrt(1.0 - {d} * {d}))");
    }

    private static void DewPoint(Draft f)
    {
        Value t = f.Input("t|temp", 0, 40), h = f.Input("rh|humid", 10, 100);
        string a = f.Let("a|alpha", $"log({h} / 100.0) + {f.Literal(17, 18)} * {t} / ({f.Literal(235, 245)} + {t})");
        f.Return($"{f.Literal(235, 245)} * {a} / ({f.Literal(17, 18)} - {a})");
    }

    private static void Calories(Draft f)
    {
        var grams = f.Vector("g|grams|m", f.Size(2, 5), 0, 100);
        f.Return(f.Sum(grams.Select(g => (Numbers.Between(f.R, 1, 9), g.Text)).ToList()));
    }

    private static void Time(Draft f)
    {
        Value h = f.Integer("h|hours", 0, 23), m = f.Integer("m|mins", 0, 59), zone = f.Integer("zone|tz", -11, 11);
        f.Return(f.R.Pick($"({h} + {zone} + 24) % 24 + {m} / 60.0", $"30.0 * ({h} % 12) - 5.5 * {m} + {zone}", $"(real)({h} * 60 + {m}) / {f.R.Int(7, 90)} + {zone}"));
    }

    private static void Concrete(Draft f)
    {
        Value w = f.Input("w|width", 0.5, 5), l = f.Input("l|length", 0.5, 10), d = f.Quantity("d|depth", 0.05, 0.4), price = f.Quantity("price|cost", 50, 150);
        f.Return($"ceil({w} * {l} * {d} * {f.Literal(1.05, 1.2)} * {f.Literal(1, 20)}) * {price}");
    }

    private static void Linear(Draft f)
    {
        Value x = f.Free("x|raw|reading|adc"), a = f.Quantity("a|scale|gain", 0.1, 5), b = f.Quantity("b|offset|bias", -10, 10);
        f.Return(f.R.Pick($"{a} * {x} + {b}", $"({x} - {b}) / {a}", $"{b} - {a} * {x}", $"{x} / {a}"));
    }
}
