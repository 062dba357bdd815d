// Points, lines, triangles, circles and distance fields in two and three dimensions.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Geometry
{
    public static Family Family { get; } = new("geometry", 5,
    [
        new(TriangleArea, 1.3), new(Heron), new(PointLine), new(PointSegment), new(LineCrossing), new(Reflect), new(Barycentric), new(CircleField), new(BoxField), new(CapsuleField),
        new(RaySphere, 1.3), new(RayPlane), new(Volumes), new(Overlap), new(Side), new(Diffuse), new(Ellipse), new(PolygonArea),
    ]);

    private static ImmutableArray<Value> Point(Draft f, string words, int n = 2) => f.Vector(words, n, f.R.Pick(-1.0, -5, 0), f.R.Pick(1.0, 5));

    private static void TriangleArea(Draft f)
    {
        ImmutableArray<Value> a = Point(f, "a|p0"), b = Point(f, "b|p1"), c = Point(f, "c|p2");
        string area = $"0.5 * (({b[0]} - {a[0]}) * ({c[1]} - {a[1]}) - ({c[0]} - {a[0]}) * ({b[1]} - {a[1]}))";
        f.Return(f.R.Chance(0.5) ? area : $"fabs({area})");
    }

    private static void Heron(Draft f)
    {
        Value a = f.Input("a|side_a", 2, 4), b = f.Input("b|side_b", 2, 4), c = f.Quantity("c|side_c", 2, 3.8);
        string p = f.Let("p|semi|hp", $"0.5 * ({a} + {b} + {c})");
        f.Return(f.R.Chance(0.6) ? $"sqrt({p} * ({p} - {a}) * ({p} - {b}) * ({p} - {c}))" : $"sqrt(({p} - {a}) * ({p} - {b}) * ({p} - {c}) / {p})");
    }

    private static void PointLine(Draft f)
    {
        ImmutableArray<Value> p = Point(f, "p|pt");
        Value a = f.Quantity("a|la|nx", 0.5, 2), b = f.Quantity("b|lb|ny", -2, 2), c = f.Quantity("c|lc|d", -3, 3);
        string value = $"({a} * {p[0]} + {b} * {p[1]} + {c}) / sqrt({a} * {a} + {b} * {b})";
        f.Return(f.R.Chance(0.5) ? $"fabs({value})" : value);
    }

    private static void PointSegment(Draft f)
    {
        ImmutableArray<Value> p = Point(f, "p|pt"), a = Point(f, "a|from");
        Value dx = f.Quantity("dx|ex", 0.5, 3), dy = f.Quantity("dy|ey", -2, 2);
        string t = f.Variable("t|u|h", $"(({p[0]} - {a[0]}) * {dx} + ({p[1]} - {a[1]}) * {dy}) / ({dx} * {dx} + {dy} * {dy})");
        f.Line(f.R.Chance(0.5) ? $"{t} = fmax(0.0, fmin(1.0, {t}));" : $"if ({t} < 0.0) {t} = 0.0; else if ({t} > 1.0) {t} = 1.0;");
        string x = f.Let("qx|cx", $"{p[0]} - {a[0]} - {t} * {dx}"), y = f.Let("qy|cy", $"{p[1]} - {a[1]} - {t} * {dy}");
        f.Return($"sqrt({x} * {x} + {y} * {y})");
    }

    private static void LineCrossing(Draft f)
    {
        Value m1 = f.Input("m1|slope1", 0.3, 3), b1 = f.Input("b1|icept1", -3, 3), m2 = f.Input("m2|slope2", -3, -0.3), b2 = f.Quantity("b2|icept2", -3, 3);
        string x = f.Let("x|cx", $"({b2} - {b1}) / ({m1} - {m2})");
        f.ReturnAll(f.R.Chance(0.5) ? [("ix", x), ("iy", $"{m1} * {x} + {b1}")] : [("iy", $"{m1} * {x} + {b1}")]);
    }

    private static void Reflect(Draft f)
    {
        int n = f.R.Pick(2, 3);
        ImmutableArray<Value> v = Point(f, "v|d|dir|in_", n), m = f.Vector("n|normal", n, -1, 1);
        string dot = f.Let("k|dn|dotn", $"{f.R.Pick("2.0", "1.0", "1.5", "2.0")} * ({string.Join(" + ", v.Select((x, i) => $"{x} * {m[i]}"))})");
        f.ReturnAll([.. v.Take(f.R.Int(1, n)).Select((x, i) => ("r" + "xyz"[i], $"{x} - {dot} * {m[i]}"))]);
    }

    private static void Barycentric(Draft f)
    {
        ImmutableArray<Value> p = Point(f, "p|pt");
        Value bx = f.Quantity("bx|ex", 1, 3), by = f.Quantity("by|ey", -0.5, 0.8), cx = f.Quantity("cx|fx", -0.5, 0.8), cy = f.Quantity("cy|fy", 1, 3);
        string det = f.Let("det|den", $"{bx} * {cy} - {cx} * {by}"), u = f.Let("u|wb", $"({p[0]} * {cy} - {cx} * {p[1]}) / {det}"), v = f.Let("v|wc", $"({bx} * {p[1]} - {by} * {p[0]}) / {det}");
        f.Return(f.R.Int(0, 2) switch
        {
            0 => $"1.0 - {u} - {v}",
            1 => $"{u} * {f.Quantity("zb|hb", -2, 2)} + {v} * {f.Quantity("zc|hc", -2, 2)} + (1.0 - {u} - {v}) * {f.Quantity("za|ha", -2, 2)}",
            _ => $"fmin({u}, fmin({v}, 1.0 - {u} - {v}))",
        });
    }

    private static void CircleField(Draft f)
    {
        ImmutableArray<Value> p = Point(f, "p|pos", f.R.Pick(2, 3));
        Value r = f.Quantity("r|radius", 0.3, 2), o = f.Quantity("ox|shift", -1, 1);
        string d = f.Let("d|len", $"sqrt(({p[0]} - {o}) * ({p[0]} - {o}) + {string.Join(" + ", p.Skip(1).Select(x => $"{x} * {x}"))})");
        f.Return(f.R.Int(0, 3) switch { 0 => $"{d} - {r}", 1 => $"fabs({d} - {r}) - {f.Literal(0.05, 0.4)}", 2 => $"fmax({d} - {r}, -{p[1]})", _ => $"fmin({d} - {r}, {p[1]} + {f.Literal(0.2, 1)})" });
    }

    private static void BoxField(Draft f)
    {
        ImmutableArray<Value> p = Point(f, "p|pos", f.R.Pick(2, 3));
        string[] q = [.. p.Select((x, i) => f.Let("q" + "xyz"[i], $"fabs({x}) - {f.Quantity("half|w|h", 0.2, 1.5)}"))];
        string outside = $"sqrt({string.Join(" + ", q.Select(x => $"fmax({x}, 0.0) * fmax({x}, 0.0)"))})", inside = $"fmin({q.Aggregate((a, b) => $"fmax({a}, {b})")}, 0.0)";
        f.Return(f.R.Chance(0.7) ? $"{outside} + {inside} - {f.Literal(0.01, 0.3)}" : outside);
    }

    private static void CapsuleField(Draft f)
    {
        ImmutableArray<Value> p = Point(f, "p|pos");
        Value h = f.Quantity("h|len", 0.5, 2), r = f.Quantity("r|rad", 0.1, 0.6);
        string y = f.Let("yy|dy", $"{p[1]} - fmin(fmax({p[1]}, 0.0), {h})");
        f.Return($"hypot({p[0]}, {y}) - {r}");
    }

    private static void RaySphere(Draft f)
    {
        ImmutableArray<Value> o = f.Vector("o|ro|eye", f.R.Pick(2, 3), -1, 1), d = f.Vector("d|rd|dir", o.Length, -1, 1);
        Value r = f.Quantity("r|radius", 0.5, 2);
        string a = f.Let("a|dd", $"{string.Join(" + ", d.Select(x => $"{x} * {x}"))} + {f.Literal(0.2, 0.6)}"), b = f.Let("b|od", string.Join(" + ", o.Select((x, i) => $"{x} * {d[i]}")));
        string c = f.Let("c|oo", $"{string.Join(" + ", o.Select(x => $"{x} * {x}"))} - {r} * {r}"), disc = f.Let("disc|h|delta", $"{b} * {b} - {a} * {c}");
        if (f.R.Chance(0.4))
        {
            f.Return(disc);
            return;
        }

        f.Open($"if ({disc} < 0.0)");
        f.Exit("-1.0");
        f.Close();
        f.Exit($"(-{b} {f.R.Pick("-", "+")} sqrt({disc})) / {a}");
    }

    private static void RayPlane(Draft f)
    {
        ImmutableArray<Value> o = f.Vector("o|org", 3, -2, 2), n = f.Vector("n|nrm", 3, 0.3, 1), d = f.Vector("d|dir", 3, 0.3, 1);
        f.Return($"({f.Quantity("w|dist", 1, 5)} - ({string.Join(" + ", o.Select((x, i) => $"{x} * {n[i]}"))})) / ({string.Join(" + ", d.Select((x, i) => $"{x} * {n[i]}"))})");
    }

    private static void Volumes(Draft f)
    {
        Value r = f.Input("r|radius", 0.2, 3), h = f.Input("h|height", 0.2, 5), q = f.Quantity("r2|top_r", 0.2, 2);
        f.Return(f.R.Int(0, 4) switch
        {
            0 => $"M_PI * {r} * {r} * {h}",
            1 => $"M_PI * {h} / 3.0 * ({r} * {r} + {r} * {q} + {q} * {q})",
            2 => $"M_PI * {r} * ({r} + sqrt({h} * {h} + {r} * {r}))",
            3 => $"4.0 / 3.0 * M_PI * {r} * {r} * {r} + M_PI * {q} * {q} * {h}",
            _ => $"2.0 * ({r} * {h} + {h} * {q} + {q} * {r})",
        });
    }

    private static void Overlap(Draft f)
    {
        Value a = f.Input("a0|left1|x1", 0, 4), b = f.Input("b0|left2|x2", 0, 4), wa = f.Quantity("wa|w1", 1, 4), wb = f.Quantity("wb|w2", 1, 4);
        string o = f.Let("o|inter", $"fmax(0.0, fmin({a} + {wa}, {b} + {wb}) - fmax({a}, {b}))");
        f.Return(f.R.Chance(0.5) ? o : $"{o} / ({wa} + {wb} - {o})");
    }

    private static void Side(Draft f)
    {
        ImmutableArray<Value> p = Point(f, "p|pt"), a = Point(f, "a|v0"), b = Point(f, "b|v1");
        string s = f.Let("cr|side", $"({b[0]} - {a[0]}) * ({p[1]} - {a[1]}) - ({b[1]} - {a[1]}) * ({p[0]} - {a[0]})");
        f.Return(f.R.Pick(s, $"{s} > 0.0 ? 1.0 : -1.0", $"fmax({s}, {f.Literal(-1, 0.5)})"));
    }

    private static void Diffuse(Draft f)
    {
        ImmutableArray<Value> n = f.Vector("n|normal", 3, -1, 1), l = f.Vector("l|light", 3, -1, 1);
        Value ambient = f.Quantity("amb|ka", 0.02, 0.3);
        string dot = f.Let("ndl|lam", $"fmax({string.Join(" + ", n.Select((x, i) => $"{x} * {l[i]}"))}, 0.0)");
        f.Return(f.R.Chance(0.5) ? $"{ambient} + {f.Literal(0.5, 1)} * {dot}" : $"{ambient} + {f.Literal(0.3, 0.8)} * {dot} + {f.Literal(0.1, 0.5)} * pow({dot}, {f.Literal(2, 8)})");
    }

    private static void Ellipse(Draft f)
    {
        Value a = f.Input("a|semi_major", 1, 5), b = f.Input("b|semi_minor", 0.5, 4), t = f.Quantity("t|theta", 0, 6.28);
        f.Return(f.R.Chance(0.5)
            ? $"M_PI * (3.0 * ({a} + {b}) - sqrt((3.0 * {a} + {b}) * ({a} + 3.0 * {b})))"
            : $"{a} * {b} / sqrt({b} * {b} * cos({t}) * cos({t}) + {a} * {a} * sin({t}) * sin({t}))");
    }

    private static void PolygonArea(Draft f)
    {
        int n = Math.Clamp(f.Wanted / 2, 3, 5);
        string x = f.FreeArray("x|px|xs", n), y = f.FreeArray("y|py|ys", n), sum = f.Variable("area2|sum", "0.0");
        string i = f.Loop(n);
        f.Line($"int nx = ({i} + 1) % {n};");
        f.Line($"{sum} += {x}[{i}] * {y}[nx] - {x}[nx] * {y}[{i}];");
        f.Close();
        f.Return(f.R.Chance(0.5) ? $"0.5 * {sum}" : $"0.5 * fabs({sum})");
    }
}
