// Which of LLVM's passes run before the IR is executed symbolically. Calls and loops are left to the executor, which
// unrolls with the constants of each call; LLVM promotes variables to registers and simplifies each function.

using Nsc.FrontEnd.Lowering.Interop;

namespace Nsc.FrontEnd.Lowering;

internal static class PassPipeline
{
    private const string Cleanup = "globaldce";

    // Small helpers are simplified together with their callers: a program means the same with and without them.
    private const string Inlining = "function(sroa,early-cse,simplifycfg),cgscc(inline)";

    /// <summary>
    /// Calls nested this deep are inlined no further: along a chain of calls the inliner copies each body into the next one, again
    /// and again, which takes minutes for thousands of functions. What is left of the chain the executor follows.
    /// </summary>
    private const int DeepestInlining = 100;

    /// <summary>Prepares a module; only the entries and what they call remain.</summary>
    /// <returns>LLVM's complaint, or null.</returns>
    public static string? Run(LLVMModuleRef module, IReadOnlySet<string> entries, int majorVersion)
    {
        Internalize(module, entries);
        foreach (LLVMValueRef function in CallDepths.Of(module).Where(d => d.Value > 0 && d.Value % DeepestInlining == 0).Select(d => d.Key))
        {
            module.ForbidInlining(function);
        }

        return module.RunPasses($"{Cleanup},{Inlining},{Simplification(majorVersion)}");
    }

    /// <summary>Removes what none of the entries needs.</summary>
    /// <returns>LLVM's complaint, or null.</returns>
    public static string? Trim(LLVMModuleRef module, IReadOnlySet<string> entries)
    {
        Internalize(module, entries);
        return module.RunPasses(Cleanup);
    }

    private static void Internalize(LLVMModuleRef module, IReadOnlySet<string> entries)
    {
        foreach (LLVMValueRef function in module.Functions.Where(f => !f.IsDeclaration && !entries.Contains(f.Name)))
        {
            LLVMModuleRef.Internalize(function);
        }
    }

    // instcombine ends the process when its single iteration turns out not to be enough, unless it is told not to check.
    // lcssa comes last: it gives every value that leaves a loop a phi behind the loop, where the executor merges iterations.
    private static string Simplification(int majorVersion)
    {
        string combine = majorVersion >= 18 ? "instcombine<no-verify-fixpoint>" : "instcombine";
        return $"function(sroa,early-cse,simplifycfg,{combine},simplifycfg,early-cse,adce,lcssa)";
    }

    /// <summary>
    /// Moves values that cross blocks into variables. Needed for loops with several entries (a goto into a loop), whose
    /// values no phi separates by iteration; memory is merged wherever paths meet.
    /// </summary>
    public static string? Demote(LLVMModuleRef module) => module.RunPasses("function(reg2mem)");
}
