// A surrogate's network as an approximation in C, with the second opinion that it may be held against.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export.Approximations;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <param name="options">Of which the precision, the weights, the Jacobian and the guard's second surrogate count.</param>
public sealed class NetApproximation(Surrogate surrogate, ExportOptions options) : IApproximation
{
    private readonly string _function = CommentText.Identifier(surrogate.Signature.Function);

    public Surrogate Surrogate => surrogate;

    /// <summary>The surrogate that is to be of about the same opinion; null for none.</summary>
    public Surrogate? Second => options.Guard?.Second;

    public ProgramSignature Signature => surrogate.Signature;

    public string Name { get; } = $"{options.NameFor(surrogate)}_surrogate";

    public string Kind => "neural surrogate";

    public string Size => surrogate.Topology.ToString();

    public ApproximationOrigin Origin => new(surrogate.Provenance.ToolVersion, surrogate.Provenance.SourceHash, surrogate.Provenance.Samples);

    public ImmutableArray<Interval> Believed => surrogate.Believed;

    public ImmutableArray<OutputAnswer> Answers => surrogate.AnswersOf();

    public bool GainsByBlocks => true;

    public string Doubt => Second is null ? "" : $$"""
            double other[{{surrogate.Topology.Outputs}}];
            {{_function}}_second_one(in, other);
            for (int k = 0; k < {{surrogate.Topology.Outputs}}; k++)
                if (!(out[k] - other[k] >= -{{Name}}_apart[k] && out[k] - other[k] <= {{Name}}_apart[k]))
                    return 0;


        """;

    public void Write(StringBuilder text, bool isPrivate, bool hasMany)
    {
        var network = new CNetwork(surrogate, Name, Name, options);
        CFunctions.WriteTanh(text, Name, options.Precision == Precision.Single);
        if (Scaling.Of(surrogate).HasLogarithm)
        {
            CFunctions.WriteLog(text, Name, network.Numbers);
        }

        if (Scaling.Of(surrogate).HasExponential || (Second is { } second && Scaling.Of(second).HasExponential))
        {
            CFunctions.WriteExp(text, Name, network.Numbers);
        }

        if (options.Weights == WeightFormat.Float16)
        {
            CFunctions.WriteHalf(text, Name);
        }

        network.WriteTables(text);
        network.WriteOne(text);
        var answers = new CAnswers(Answers, Name, network.Numbers);
        answers.Write(text);
        bool hasBatch = options.HasBatch && !isPrivate;
        if (!isPrivate)
        {
            CCalls.WriteRow(text, Name, network.Numbers, answers);
        }

        if (hasBatch || hasMany)
        {
            network.WriteMany(text);
        }

        if (hasBatch)
        {
            CCalls.WriteBatch(text, Name, network.Numbers, answers);
        }

        if (options.TestRows > 0)
        {
            CTestRows.Write(text, surrogate, Name, network.Numbers, options.TestRows);
        }

        if (options.HasJacobian)
        {
            new CJacobian(surrogate, network).Write(text);
        }
    }

    public void WriteDoubt(StringBuilder text)
    {
        if (Second is not { } second)
        {
            return;
        }

        var network = new CNetwork(second, $"{_function}_second", Name, options);
        network.WriteTables(text);
        network.WriteOne(text);
        CNumbers.Table(
            text, "double", string.Create(CultureInfo.InvariantCulture, $"{Name}_apart[{surrogate.Topology.Outputs}]"), surrogate.OutputDeviation.Select(d => CNumbers.Double(options.Guard!.Limit * d)));
    }

    public double[] Answer(double[] inputs) => surrogate.Answer(inputs);
}
