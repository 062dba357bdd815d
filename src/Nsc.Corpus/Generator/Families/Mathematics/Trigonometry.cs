// Angles: linkages, rotations, waves, bearings. Neither the fft kernel's twiddles nor the inversek2j arm.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Trigonometry
{
    public static Family Family { get; } = new("trigonometry", 6,
    [
        new(ForwardArm, 1.5), new(TriangleAngle, 1.5), new(InverseArm, 1.5), new(Bearing), new(Rotation2D, 1.5), new(Rotation3D, 1.3), new(Waves, 2), new(Twiddle), new(Polar),
        new(GreatCircle), new(SunElevation), new(SliderCrank), new(AngleDifference), new(Cone), new(Lissajous),
    ]);

    private static (Value Upper, Value Lower) Links(Draft f)
    {
        Value upper = f.Quantity("l1|upper|arm_len|r1", 0.4, 2), lower;
        do
        {
            lower = f.Quantity("l2|lower|fore_len|r2", 0.3, 1.8);
        }
        while (ReservedKernels.IsInverseK2J(upper.Range.Low, lower.Range.High) && upper.Width == 0);
        return (upper, lower);
    }

    private static void ForwardArm(Draft f)
    {
        Value a = f.Input("theta1|q1|shoulder|th1", -1.57, 1.57), b = f.Input("theta2|q2|elbow|th2", -2, 2);
        (Value l1, Value l2) = Links(f);
        bool third = f.Wanted > 0;
        Value c = f.Quantity("theta3|q3|wrist", -1, 1), l3 = f.Quantity("l3|hand", 0.1, 0.5);
        string Tip(string function) => $"{l1} * {function}({a}) + {l2} * {function}({a} + {b})" + (third ? $" + {l3} * {function}({a} + {b} + {c})" : "");
        f.ReturnAll(f.R.Chance(0.5) ? [("px", Tip("cos")), ("py", Tip("sin"))] : [("tip", Tip(f.R.Pick("cos", "sin")))]);
    }

    private static void TriangleAngle(Draft f)
    {
        Value a = f.Input("a|ab|side1", 1, 4), b = f.Input("b|bc|side2", 1, 4), c = f.Quantity("c|ca|side3", 0.5, 6);
        string ratio = f.Variable("cosc|ratio|cs", $"({a} * {a} + {b} * {b} - {c} * {c}) / (2.0 * {a} * {b})");
        f.Line($"if ({ratio} > 1.0) {ratio} = 1.0;");
        f.Line($"if ({ratio} < -1.0) {ratio} = -1.0;");
        f.Return(f.R.Chance(0.7) ? $"acos({ratio})" : $"acos({ratio}) * 180.0 / M_PI");
    }

    private static void InverseArm(Draft f)
    {
        Value x = f.Input("x|tx|px", 0.3, 1.5), y = f.Input("y|ty|py", -1, 1.2);
        (Value l1, Value l2) = Links(f);
        string c = f.Let("c2|cosb|d", $"({x} * {x} + {y} * {y} - {l1} * {l1} - {l2} * {l2}) / (2.0 * {l1} * {l2})");
        string bend = f.Let("bend|elbow|q2", $"acos(fmin(fmax({c}, {f.Literal(-0.99, -0.9)}), {f.Literal(0.9, 0.99)}))");
        string reach = f.Let("q1|aim|shoulder", $"atan2({y}, {x}) {f.R.Pick("-", "+")} atan2({l2} * sin({bend}), {l1} + {l2} * cos({bend}))");
        f.ReturnAll(f.R.Int(0, 2) switch { 0 => [("t1", reach), ("t2", bend)], 1 => [("t1", reach)], _ => [("t2", $"{bend} * {f.Literal(0.5, 60)}")] });
    }

    private static void Bearing(Draft f)
    {
        var a = f.Vector("a|p|me|from", 2, -5, 0);
        var b = f.Vector("b|q|you|to", 2, 0.5, 6);
        Value heading = f.Quantity("heading|yaw|course", -1, 1);
        f.Return($"atan2({b[1]} - {a[1]}, {b[0]} - {a[0]}) - {heading}");
    }

    private static void Rotation2D(Draft f)
    {
        Value x = f.Free("x|px|u"), y = f.Input("y|py|v", x.Range), angle = f.Quantity("angle|theta|phi|rot", -3.14159, 3.14159), s = f.Quantity("scale|k", 0.5, 2);
        string c = f.Let("c|co|ct", $"cos({angle})"), n = f.Let("sn|si|st", $"sin({angle})");
        string rx = $"{s} * ({x} * {c} - {y} * {n})", ry = $"{s} * ({x} * {n} + {y} * {c})";
        f.ReturnAll(f.R.Chance(0.5) ? [("rx", rx), ("ry", ry)] : [("r0", f.R.Pick(rx, ry))]);
    }

    private static void Rotation3D(Draft f)
    {
        var v = f.FreeVector("v|p|pos", 3);
        Value yaw = f.Input("yaw|psi|az", -3.14, 3.14), pitch = f.Quantity("pitch|theta|el", -1.5, 1.5), roll = f.Quantity("roll|phi", -1, 1);
        string x1 = f.Let("x1|ax_", $"{v[0]} * cos({yaw}) - {v[1]} * sin({yaw})"), y1 = f.Let("y1_|ay_", $"{v[0]} * sin({yaw}) + {v[1]} * cos({yaw})");
        string x2 = f.Let("x2|bx_", $"{x1} * cos({pitch}) + {v[2]} * sin({pitch})"), z2 = f.Let("z2|bz_", $"{v[2]} * cos({pitch}) - {x1} * sin({pitch})");
        string y3 = $"{y1} * cos({roll}) - {z2} * sin({roll})";
        f.ReturnAll(f.R.Chance(0.4) ? [("ox", x2), ("oy", y3), ("oz", $"{y1} * sin({roll}) + {z2} * cos({roll})")] : [("ow", f.R.Pick(x2, y3))]);
    }

    private static void Waves(Draft f)
    {
        Value t = f.Input("t|x|time|phase", f.R.Pick(0.0, -3.14159, -1), f.R.Pick(1.0, 3.14159, 6.28318));
        string span = Numbers.Literal(Numbers.Round(6 / t.Width, 2));
        string sum = f.Variable("y|s1|wave", "0.0");
        for (int i = f.R.Int(1, 3); i > 0; i--)
        {
            Value a = f.Quantity("amp|a", 0.2, 3), k = f.Quantity("k|freq|w", 0.3, 2), p = f.Quantity("phi|shift|p", -2, 2);
            f.Line($"{sum} += {a} * {f.R.Pick("sin", "cos")}({k} * {span} * {t} + {p});");
        }

        Value damping = f.Quantity("damp|zeta|lambda", 0.05, 0.6);
        f.Return(f.R.Chance(0.4) ? $"{sum} * exp(-{damping} * fabs({t}))" : sum);
    }

    private static void Twiddle(Draft f)
    {
        double frequency;
        do
        {
            frequency = f.R.Int(1, 7) * f.R.Pick(0.25, 0.5, 1.0) * f.R.Pick(1.0, 3.14159265 / 2, 6.2831853 / 5) * f.R.Pick(1, -1);
        }
        while (ReservedKernels.IsFftTwiddle(frequency));

        Value x = f.Input("x|k|t|frac", 0, 1);
        string angle = f.Let("w|arg|ang", $"{Value.Of(Numbers.Round(frequency, 9)).Text} * {x}");
        Value re = f.Quantity("re|ar|a", -1, 1), im = f.Quantity("im|ai|b", -1, 1);
        f.ReturnAll(("re_out", $"{re} * cos({angle}) - {im} * sin({angle})"), ("im_out", $"{re} * sin({angle}) + {im} * cos({angle})"));
    }

    private static void Polar(Draft f)
    {
        Value x = f.Input("x|re|i0", 0.2, 3), y = f.Input("y|im|q0", -3, 3);
        string r = $"sqrt({x} * {x} + {y} * {y})", angle = $"atan2({y}, {x})";
        f.ReturnAll(f.R.Chance(0.5) ? [("r", r), ("angle", angle)] : [("mix", $"{r} * cos({f.Literal(1.5, 4)} * {angle})")]);
    }

    private static void GreatCircle(Draft f)
    {
        Value lat1 = f.Input("lat1|phi1", -1.2, 1.2), lat2 = f.Input("lat2|phi2", -1.2, 1.2), dlon = f.Input("dlon|dlambda", -2, 2), radius = f.Constant("radius|R", 0.5, 6371);
        string h = f.Let("h|a|hav", $"sin(({lat2} - {lat1}) / 2.0) * sin(({lat2} - {lat1}) / 2.0) + cos({lat1}) * cos({lat2}) * sin({dlon} / 2.0) * sin({dlon} / 2.0)");
        f.Return($"2.0 * {radius} * asin(sqrt(fmin({h}, {f.Literal(0.95, 1)})))");
    }

    private static void SunElevation(Draft f)
    {
        Value lat = f.Input("lat|latitude", -1.1, 1.1), hour = f.Input("hour|h", 0, 24), day = f.Quantity("day|doy", 1, 365);
        string decl = f.Let("decl|delta", $"{f.Literal(0.35, 0.45)} * sin(2.0 * M_PI * ({day} - {f.Literal(70, 90)}) / 365.0)");
        string angle = f.Let("ha|omega", $"M_PI / 12.0 * ({hour} - 12.0)");
        f.Return($"sin({lat}) * sin({decl}) + cos({lat}) * cos({decl}) * cos({angle})");
    }

    private static void SliderCrank(Draft f)
    {
        Value theta = f.Input("theta|crank|angle", 0, 6.2832), r = f.Quantity("r|crank_r|throw_r", 0.2, 1), l = f.Quantity("l|rod|con_rod", 1.5, 4);
        f.Return($"{r} * cos({theta}) + sqrt({l} * {l} - {r} * {r} * sin({theta}) * sin({theta}))");
    }

    private static void AngleDifference(Draft f)
    {
        Value a = f.Input("a|from|heading", -3.1, 3.1), b = f.Input("b|to|target", -3.1, 3.1), gain = f.Quantity("k|gain|kp", 0.3, 3);
        string d = f.Variable("d|diff|err", $"{b} - {a}");
        f.Line($"if ({d} > M_PI) {d} -= 2.0 * M_PI;");
        f.Line($"if ({d} < -M_PI) {d} += 2.0 * M_PI;");
        f.Return($"{gain} * {d}");
    }

    private static void Cone(Draft f)
    {
        Value x = f.Input("x|dx", -3, 3), y = f.Input("y|dy", 0.5, 4), half = f.Quantity("half_angle|fov", 0.3, 1.2), range = f.Quantity("range|reach", 2, 5);
        string angle = f.Let("ang|a", $"fabs(atan2({x}, {y}))");
        f.Return($"{angle} < {half} ? {range} - sqrt({x} * {x} + {y} * {y}) : {f.Literal(-2, -0.2)} * {angle}");
    }

    private static void Lissajous(Draft f)
    {
        Value t = f.Input("t|u", 0, 6.2832), a = f.Quantity("a|amp_x", 0.5, 3), b = f.Quantity("b|amp_y", 0.5, 3), d = f.Quantity("d|delta", 0, 1.57);
        string n = f.R.Int(1, 3) + ".0", m = f.R.Int(1, 2) + ".0";
        f.ReturnAll(("lx", $"{a} * sin({n} * {t} + {d})"), ("ly", $"{b} * {f.R.Pick("sin", "cos")}({m} * {t})"));
    }
}
