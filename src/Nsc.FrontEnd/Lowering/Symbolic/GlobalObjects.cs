// The program's global variables as objects in memory: one for each, whoever asks first.

using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

internal sealed class GlobalObjects(LoweringState lowering)
{
    private readonly Dictionary<IrGlobal, MemoryObject> _objects = [];

    public MemoryObject Of(IrGlobal global)
    {
        if (!_objects.TryGetValue(global, out MemoryObject? item))
        {
            item = new MemoryObject(global.Name, global.Size, MemoryRole.Variable, global.Initializer);
            _objects[global] = item;
        }

        if (global.Initializer is null)
        {
            lowering.Report("external-variable", $"'{global.Name}' is defined elsewhere");
        }

        return item;
    }
}
