// How deep calls are nested below each function of a module.

using Nsc.FrontEnd.Lowering.Interop;

namespace Nsc.FrontEnd.Lowering;

internal static class CallDepths
{
    /// <summary>For each function with a body the length of the longest chain of calls below it; calls back into a chain do not count.</summary>
    public static IReadOnlyDictionary<LLVMValueRef, int> Of(LLVMModuleRef module)
    {
        var depths = new Dictionary<LLVMValueRef, int>();
        foreach (LLVMValueRef root in module.Functions.Where(f => !f.IsDeclaration))
        {
            Visit(root, depths);
        }

        return depths;
    }

    // Depth first, with a stack of its own: the chains that matter are longer than a thread's stack is deep.
    private static void Visit(LLVMValueRef root, Dictionary<LLVMValueRef, int> depths)
    {
        var pending = new Stack<(LLVMValueRef Function, LLVMValueRef[] Callees, int Next)>();
        Enter(root);
        while (pending.TryPop(out var frame))
        {
            if (frame.Next < frame.Callees.Length)
            {
                pending.Push(frame with { Next = frame.Next + 1 });
                Enter(frame.Callees[frame.Next]);
                continue;
            }

            depths[frame.Function] = frame.Callees.Length == 0 ? 0 : 1 + frame.Callees.Max(c => depths[c]);
        }

        void Enter(LLVMValueRef function)
        {
            if (depths.TryAdd(function, 0))
            {
                pending.Push((function, [.. function.FunctionsUsed], 0));
            }
        }
    }
}
