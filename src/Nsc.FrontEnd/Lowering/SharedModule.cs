// Several functions of one unit, each read as if it were the unit's only one. LLVM inlines a function that has one caller and
// may not when it has two, so functions that share code must not see each other: each of them is simplified in a copy.

using Nsc.Core.Programs;
using Nsc.FrontEnd.Lowering.Interop;
using Nsc.FrontEnd.Lowering.Ir;

namespace Nsc.FrontEnd.Lowering;

internal static class SharedModule
{
    /// <summary>For each program, a module with its entry in it; null when libLLVM complains.</summary>
    public static IReadOnlyList<IrModule>? Read(byte[] bitcode, IReadOnlyList<CProgram> programs, int majorVersion)
    {
        using LLVMModuleRef? unit = LLVMModuleRef.Parse(bitcode);
        if (unit is null || PassPipeline.Trim(unit, programs.Select(p => p.EntryName).ToHashSet()) is not null)
        {
            return null;
        }

        // The programs that share nothing are simplified together.
        HashSet<string> sharing = EntriesThatShare(unit, programs);
        var independent = programs.Select(p => p.EntryName).Where(e => !sharing.Contains(e)).ToHashSet();
        IrModule? together = independent.Count > 1 ? ReadCopy(unit, independent, majorVersion, mayDemote: false) : null;
        var modules = new List<IrModule>();
        foreach (CProgram program in programs)
        {
            IrModule? module = together is not null && independent.Contains(program.EntryName)
                ? together : ReadCopy(unit, new HashSet<string> { program.EntryName }, majorVersion, mayDemote: true);
            if (module is null)
            {
                return null;
            }

            modules.Add(module);
        }

        return modules;
    }

    /// <param name="mayDemote">Demoting concerns a whole module, so it is for those with one entry.</param>
    private static IrModule? ReadCopy(LLVMModuleRef unit, IReadOnlySet<string> entries, int majorVersion, bool mayDemote)
    {
        using LLVMModuleRef copy = unit.Clone();
        if (PassPipeline.Run(copy, entries, majorVersion) is not null)
        {
            return null;
        }

        IrModule read = new IrReader(copy).Read();
        if (read.Functions.Values.All(f => f.IsReducible))
        {
            return read;
        }

        return mayDemote && PassPipeline.Demote(copy) is null ? new IrReader(copy).Read() : null;
    }

    // Those from which a function is reached that another entry reaches as well.
    private static HashSet<string> EntriesThatShare(LLVMModuleRef unit, IReadOnlyList<CProgram> programs)
    {
        var used = unit.Functions.Where(f => !f.IsDeclaration).ToDictionary(f => f.Name, f => f.FunctionsUsed.Select(u => u.Name).ToHashSet());
        var firstOwner = new Dictionary<string, string>();
        var sharing = new HashSet<string>();
        foreach (string entry in programs.Select(p => p.EntryName).Where(used.ContainsKey))
        {
            var pending = new Stack<string>([entry]);
            var reached = new HashSet<string> { entry };
            while (pending.TryPop(out string? function))
            {
                if (!firstOwner.TryAdd(function, entry))
                {
                    sharing.Add(entry);
                    sharing.Add(firstOwner[function]);
                }

                foreach (string next in used[function].Where(reached.Add))
                {
                    pending.Push(next);
                }
            }
        }

        return sharing;
    }
}
