// Clang's undefined-behaviour sanitizer without its runtime library, which a machine need not have: what a check finds is told to handlers of our
// own, which stand in the program's unit and write it to further outputs.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Execution;

/// <summary>What a build of a program does where C leaves its behaviour undefined.</summary>
public enum Sanitizing
{
    /// <summary>Whatever the compiler makes of it.</summary>
    Off,

    /// <summary>It crashes.</summary>
    Traps,

    /// <summary>It tells; the program is one that <see cref="Sanitizer.Reporting"/> has made.</summary>
    Reports,
}

/// <summary>What one call of a program did that C leaves undefined.</summary>
/// <param name="Words">A clause, such as "an index is out of the bounds of its array".</param>
/// <param name="Line">In the program's file; 0 when it is in none.</param>
internal readonly record struct UndefinedOperation(string Words, int Line, int Column);

internal static class Sanitizer
{
    /// <summary>The further outputs: kind, line and column of the first operation that a call found undefined.</summary>
    public const int Columns = 3;

    /// <summary>What it is when the answer is another one than that of the usual build, and no check has reported why.</summary>
    public static readonly UndefinedOperation UnsetVariable = new("an output depends on a variable that is not set", 0, 0);

    /// <summary>What it is when the call crashes here and not in the usual build.</summary>
    public static readonly UndefinedOperation StrayAccess = new("an access through a pointer is out of the bounds of its array", 0, 0);

    private const string Entry = "nsc_sanitized";

    private static readonly string[] s_traps =
    [
        "-fsanitize=signed-integer-overflow,shift,integer-divide-by-zero,float-cast-overflow,bounds,unreachable,return", "-fsanitize-trap=all",
    ];

    // Accesses through pointers to arrays that are known once all is inlined (local-bounds, a part of bounds) have no handler, they trap, and the line table tells where. Variables that are
    // not set hold a pattern, so that an answer which depends on them is another one.
    private static readonly string[] s_reports =
    [
        "-fsanitize=signed-integer-overflow,shift-exponent,integer-divide-by-zero,float-cast-overflow,bounds,object-size,vla-bound,builtin",
        "-ftrivial-auto-var-init=pattern", "-gline-tables-only",
    ];

    // The ends of the handlers' names in LLVM's interface, and what each is called for.
    private static readonly ImmutableArray<(string Handler, string Words)> s_operations =
    [
        ("add_overflow", "a sum overflows its signed type"),
        ("sub_overflow", "a difference overflows its signed type"),
        ("mul_overflow", "a product overflows its signed type"),
        ("negate_overflow", "a negation overflows its signed type"),
        ("divrem_overflow", "an integer is divided by zero, or the quotient overflows its type"),
        ("shift_out_of_bounds", "a shift is by a negative number of bits, or by no fewer than its type has"),
        ("float_cast_overflow", "a number is converted to an integer type that cannot hold it"),
        ("out_of_bounds", "an index is out of the bounds of its array"),
        ("type_mismatch_v1", "an access reaches out of its object"),
        ("vla_bound_not_positive", "the length of an array is not positive"),
        ("invalid_builtin", "the leading or trailing zeros of 0 are counted"),
    ];

    /// <summary>The compiler's options.</summary>
    public static string[] Options(Sanitizing sanitizing) => sanitizing switch
    {
        Sanitizing.Traps => s_traps,
        Sanitizing.Reports => s_reports,
        _ => [],
    };

    /// <summary>The program with outputs that tell what was undefined in the call; to be compiled with <see cref="Sanitizing.Reports"/>.</summary>
    public static CProgram Reporting(CProgram program)
    {
        int outputs = program.Signature.Outputs.Length;
        string handlers = string.Concat(s_operations.Select((o, kind) => string.Create(
            CultureInfo.InvariantCulture, $"void __ubsan_handle_{o.Handler}(const struct nsc_place *place) {{ nsc_leave({kind + 1}, place->line, place->column); }}\n")));
        string entry = string.Create(CultureInfo.InvariantCulture, $$"""

            struct nsc_place { const char *file; unsigned line, column; };
            static double nsc_found[{{Columns}}];
            static void *nsc_call[5];
            __attribute__((noinline, noreturn)) static void nsc_leave(int kind, unsigned line, unsigned column) {
              nsc_found[0] = kind;
              nsc_found[1] = line;
              nsc_found[2] = column;
              __builtin_longjmp(nsc_call, 1);
            }
            {{handlers}}
            void {{Entry}}(const double *nsc_in, double *nsc_out);
            void {{Entry}}(const double *nsc_in, double *nsc_out) {
              nsc_found[0] = 0;
              for (int nsc_k = 0; nsc_k < {{outputs}}; nsc_k++)
                nsc_out[nsc_k] = 0;
              if (__builtin_setjmp(nsc_call) == 0)
                {{program.EntryName}}(nsc_in, nsc_out);
              for (int nsc_k = 0; nsc_k < {{Columns}}; nsc_k++)
                nsc_out[{{outputs}} + nsc_k] = nsc_found[nsc_k];
            }

            """);
        return program with
        {
            EntrySource = program.EntrySource + entry, EntryName = Entry, DropIn = null,
            Signature = program.Signature with
            {
                Outputs = [.. program.Signature.Outputs, .. Enumerable.Range(0, Columns).Select(i => new OutputVariable($"found[{i}]", ScalarKind.Double))],
            },
        };
    }

    /// <summary>What a call reported, from its further outputs; null for nothing. Any numbers are allowed: they come from the sandbox.</summary>
    public static UndefinedOperation? Reported(ReadOnlySpan<double> found)
    {
        if (!(found[0] >= 1 && found[0] <= s_operations.Length))
        {
            return null;
        }

        bool isInFile = found[1] is >= 1 and < CProgram.FirstGeneratedLine;
        return new UndefinedOperation(s_operations[(int)found[0] - 1].Words, isInFile ? (int)found[1] : 0, isInFile && found[2] is >= 1 and < 1e6 ? (int)found[2] : 0);
    }

    /// <summary>Where the variable is read that is not set, as far as clang's analysis of the text can tell.</summary>
    public static UndefinedOperation FindUnsetVariable(CProgram program, Toolchain toolchain)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["unit.c"], program.UnitSource);
        string[] options = ["-fsyntax-only", .. ClangArguments.Unit.Remove("-w"), "-Wno-everything", "-Wuninitialized", "-Wsometimes-uninitialized", "-Wconditional-uninitialized", "unit.c"];
        string said = ClangTime.Measure(() => ToolProcess.RunAsync(toolchain.ClangPath, folder.Path, options).GetAwaiter().GetResult()).Errors;
        return ExecutionDiagnostics.FirstWarning(said) is var (line, column) and (< CProgram.FirstGeneratedLine, _) ? UnsetVariable with { Line = line, Column = column } : UnsetVariable;
    }
}
