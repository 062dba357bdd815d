// A loop around a program's entry, so that a process of the sandbox spends its time in the program.

using System.Globalization;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Sampling;

public static class TimedLoop
{
    private const int Counts = 2;

    /// <summary>The program in a unit that has its loop too.</summary>
    public static CProgram AddTo(CProgram program)
    {
        ProgramSignature signature = program.Signature;
        string loop = string.Create(CultureInfo.InvariantCulture, $$"""

            void {{EntryOf(program)}}(const double *nsc_in, double *nsc_out);
            void {{EntryOf(program)}}(const double *nsc_in, double *nsc_out) {
              void (*volatile nsc_call)(const double *, double *) = {{program.EntryName}};
              double nsc_result[{{signature.Outputs.Length}}] = { 0 };
              for (long nsc_i = 0; nsc_i < (long)nsc_in[0]; nsc_i++)
                for (long nsc_j = 0; nsc_j < (long)nsc_in[1]; nsc_j++)
                  nsc_call(nsc_in + {{Counts}} + nsc_j * {{signature.Inputs.Length}}, nsc_result);
              nsc_out[0] = 0;
            }
            """);
        return program with { EntrySource = program.EntrySource + loop };
    }

    /// <summary>The loop as a program. Its inputs are how often it goes over all rows, how many rows there are, and the rows.</summary>
    /// <param name="program">Of <see cref="AddTo"/>.</param>
    public static CProgram Over(CProgram program, int rows) => program with
    {
        EntryName = EntryOf(program),
        Signature = program.Signature with
        {
            Inputs = [.. Enumerable.Range(0, Counts + (rows * program.Signature.Inputs.Length)).Select(i => new InputVariable($"in{i}", ScalarKind.Double, Interval.Default))],
            Outputs = [new OutputVariable("out", ScalarKind.Double)],
        },
    };

    private static string EntryOf(CProgram program) => $"{program.EntryName}_timed";
}
