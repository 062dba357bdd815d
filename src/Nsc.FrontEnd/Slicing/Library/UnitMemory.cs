// Memory that a unit's helpers allocate and hand on, such as a matrix and its elements: an array of the unit's own, from which each call of the
// program takes from the start. Nothing is given back before the call ends.

namespace Nsc.FrontEnd.Slicing.Library;

internal static class UnitMemory
{
    private const string Function = "nsc_take", Taken = "nsc_taken";

    /// <summary>What stands for malloc; a declaration in place, since what is needed is written at the unit's end.</summary>
    public const string Allocator = $"({{ extern void *{Function}(unsigned long); {Function}; }})";

    /// <summary>The definitions; the memory ends as the sandbox's would, with an incident.</summary>
    public const string Definition = $$"""
        static char nsc_memory[1 << 20] __attribute__((aligned(16)));
        static unsigned long {{Taken}};
        void *{{Function}}(unsigned long nsc_n);
        void *{{Function}}(unsigned long nsc_n) {
        char *nsc_p = nsc_memory + {{Taken}};
        if (nsc_n > sizeof nsc_memory - {{Taken}}) __builtin_trap();
        {{Taken}} += (nsc_n + 15) & ~15ul; return nsc_p; }

        """;

    /// <summary>Whether a unit takes memory.</summary>
    public static bool IsIn(string unit) => unit.Contains(Function + "(", StringComparison.Ordinal);

    /// <summary>What a program's entry does before the call.</summary>
    public static string ResetFor(string unit) => IsIn(unit) ? $"  {Taken} = 0;\n" : "";

    /// <summary>Whether a name is one of the definitions.</summary>
    public static bool Defines(string name) => name is "nsc_memory" or Taken or Function;
}
