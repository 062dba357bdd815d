// What all approximations that are no network have in common: they read the inputs one by one, in double precision, and give all outputs at once.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export.Approximations;

public abstract class FittedApproximation(ProgramSignature signature, ApproximationOrigin origin) : IApproximation
{
    private static readonly CNumbers s_numbers = new(isSingle: false);

    public ProgramSignature Signature => signature;

    public ApproximationOrigin Origin => origin;

    public virtual ImmutableArray<Interval> Believed => [.. signature.Inputs.Select(i => i.Range)];

    public ImmutableArray<OutputAnswer> Answers => [.. signature.Outputs.Select(o => OutputAnswer.Of(o.Kind, []))];

    public abstract string Kind { get; }

    public abstract string Size { get; }

    public string Name { get; } = $"{CommentText.Identifier(signature.Function)}_surrogate";

    public void Write(StringBuilder text, bool isPrivate, bool hasMany)
    {
        if (signature.Inputs.Any(i => i.Range.IsLogarithmic))
        {
            CFunctions.WriteLog(text, Name, s_numbers);
        }

        WriteTables(text);
        text.Append(CultureInfo.InvariantCulture, $"static inline void {Name}_one(const double *in, double *out)\n{{\n");
        var body = new StringBuilder();
        WriteBody(body);
        string statements = body.ToString();
        text.Append(statements.Contains("in[", StringComparison.Ordinal) ? "" : "    (void)in;\n").Append(statements).Append("}\n\n");
        var rounding = new CAnswers(Answers, Name, s_numbers);
        rounding.Write(text);
        if (hasMany || !isPrivate)
        {
            WriteMany(text);
        }

        if (!isPrivate)
        {
            CCalls.WriteRow(text, Name, s_numbers, rounding);
            CCalls.WriteBatch(text, Name, s_numbers, rounding);
        }
    }

    public double[] Answer(double[] inputs)
    {
        int width = signature.Inputs.Length, rows = inputs.Length / width, outputs = signature.Outputs.Length;
        ImmutableArray<OutputAnswer> answers = Answers;
        var values = new double[rows * outputs];
        Parallel.For(0, rows, row =>
        {
            double[] own = Evaluate(inputs.AsSpan(row * width, width));
            for (int k = 0; k < outputs; k++)
            {
                values[(row * outputs) + k] = answers[k].For(own[k]);
            }
        });
        return values;
    }

    /// <summary>Constants that the body reads; their names begin with <see cref="Name"/>.</summary>
    protected abstract void WriteTables(StringBuilder text);

    /// <summary>Statements that compute <c>out[k]</c> from <c>in[i]</c>.</summary>
    protected abstract void WriteBody(StringBuilder text);

    /// <summary>The same for one row of inputs, before whole numbers are rounded.</summary>
    protected abstract double[] Evaluate(ReadOnlySpan<double> inputs);

    /// <summary>Inputs as numbers in [-1, 1], which <see cref="WriteUnits"/> names u0, u1 and so on.</summary>
    protected double[] Units(ReadOnlySpan<double> inputs)
    {
        var units = new double[inputs.Length];
        for (int i = 0; i < units.Length; i++)
        {
            Interval range = signature.Inputs[i].Range, linear = range.Linear;
            units[i] = (range.OnLine(inputs[i]) - linear.Middle) * (1 / linear.HalfWidth);
        }

        return units;
    }

    /// <param name="isUsed">Whether the body reads an input.</param>
    protected void WriteUnits(StringBuilder text, Func<int, bool> isUsed)
    {
        foreach (int i in Enumerable.Range(0, signature.Inputs.Length).Where(isUsed))
        {
            Interval linear = signature.Inputs[i].Range.Linear;
            text.Append(CultureInfo.InvariantCulture, $"    const double u{i} = ({OnLine(i)} - {Signed(linear.Middle)}) * {CNumbers.Double(1 / linear.HalfWidth)};\n");
        }
    }

    /// <summary>An input, or its logarithm where its range is logarithmic.</summary>
    protected string OnLine(int input) => string.Create(CultureInfo.InvariantCulture, $"{(signature.Inputs[input].Range.IsLogarithmic ? $"{Name}_log(in[{input}])" : $"in[{input}]")}");

    /// <summary>A number that may follow an operator.</summary>
    protected static string Signed(double value) => value < 0 ? $"({CNumbers.Double(value)})" : CNumbers.Double(value);

    private void WriteMany(StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $$"""
        static void {{Name}}_many(const double *in, double *out, size_t count)
        {
            for (size_t s = 0; s < count; s++)
                {{Name}}_one(in + s * {{signature.Inputs.Length}}, out + s * {{signature.Outputs.Length}});
        }


        """);
}
