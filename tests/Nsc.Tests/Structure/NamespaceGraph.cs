// Which namespace uses which, read from the compiled assemblies: every type in a signature, an attribute or the IL of a method body counts.
// A constant leaves no trace there, since the compiler writes its value in its place.

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Nsc.Tests.Structure;

/// <summary>The edges between the namespaces of the given assemblies, each with one use as an example.</summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<(string From, string To), string> _edges = [];

    public IReadOnlyDictionary<(string From, string To), string> Edges => _edges;

    public static NamespaceGraph Read(IEnumerable<string> assemblies)
    {
        var graph = new NamespaceGraph();
        foreach (string path in assemblies)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path);
            foreach (TypeDefinition type in assembly.MainModule.GetTypes())
            {
                graph.AddType(type);
            }
        }

        return graph;
    }

    /// <summary>The edges that lie on a cycle: those whose target leads back to where they start.</summary>
    /// <param name="without">Edges that are taken to be absent.</param>
    public IEnumerable<(string From, string To)> OnCycles(IEnumerable<(string From, string To)> without)
    {
        HashSet<(string From, string To)> left = [.. _edges.Keys.Except(without)];
        ILookup<string, string> next = left.ToLookup(e => e.From, e => e.To);
        return left.Where(e => Reaches(next, e.To, e.From)).Order();
    }

    private static bool Reaches(ILookup<string, string> next, string from, string to)
    {
        HashSet<string> seen = [from];
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? at))
        {
            foreach (string target in next[at].Where(seen.Add))
            {
                open.Enqueue(target);
            }
        }

        return seen.Contains(to);
    }

    private void AddType(TypeDefinition type)
    {
        Add(type, type.BaseType);
        AddAttributes(type, type);
        AddConstraints(type, type);
        foreach (InterfaceImplementation i in type.Interfaces)
        {
            Add(type, i.InterfaceType);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            Add(type, field.FieldType);
            AddAttributes(type, field);
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            AddAttributes(type, property);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            AddMethod(type, method);
        }
    }

    private void AddMethod(TypeDefinition type, MethodDefinition method)
    {
        AddSignature(type, method);
        AddAttributes(type, method);
        AddConstraints(type, method);
        if (!method.HasBody)
        {
            return;
        }

        foreach (TypeReference used in method.Body.Variables.Select(v => v.VariableType).Concat(method.Body.ExceptionHandlers.Select(h => h.CatchType)))
        {
            Add(type, used);
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            AddOperand(type, instruction.Operand);
        }
    }

    private void AddOperand(TypeDefinition type, object? operand)
    {
        switch (operand)
        {
            case TypeReference used:
                Add(type, used);
                break;
            case FieldReference field:
                Add(type, field.DeclaringType);
                Add(type, field.FieldType);
                break;
            case MethodReference method:
                Add(type, method.DeclaringType);
                AddSignature(type, method);
                break;
        }
    }

    private void AddSignature(TypeDefinition type, MethodReference method)
    {
        Add(type, method.ReturnType);
        foreach (TypeReference used in method.Parameters.Select(p => p.ParameterType).Concat((method as GenericInstanceMethod)?.GenericArguments ?? []))
        {
            Add(type, used);
        }
    }

    private void AddAttributes(TypeDefinition type, ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            Add(type, attribute.AttributeType);
        }
    }

    private void AddConstraints(TypeDefinition type, IGenericParameterProvider provider)
    {
        foreach (GenericParameterConstraint constraint in provider.GenericParameters.SelectMany(p => p.Constraints))
        {
            Add(type, constraint.ConstraintType);
        }
    }

    private void Add(TypeDefinition user, TypeReference? used)
    {
        if (used is GenericInstanceType { GenericArguments: var arguments })
        {
            foreach (TypeReference argument in arguments)
            {
                Add(user, argument);
            }
        }

        if (used is null or GenericParameter)
        {
            return;
        }

        (string from, string to) = (Namespace(user), Namespace(used.GetElementType()));
        if (from != to && IsOurs(from) && IsOurs(to))
        {
            _edges.TryAdd((from, to), $"{user.FullName} uses {used.FullName}");
        }
    }

    private static bool IsOurs(string name) => name == "Nsc" || name.StartsWith("Nsc.", StringComparison.Ordinal);

    // A nested type has the namespace of the type around it.
    private static string Namespace(TypeReference type) => type.DeclaringType is { } outer ? Namespace(outer) : type.Namespace;
}
