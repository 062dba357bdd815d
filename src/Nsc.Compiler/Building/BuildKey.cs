// What decides whether something must be made again: the function's unit, not its file's text, with the options, the model and the tool.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nsc.Compiler.Models;
using Nsc.Core.Programs;
using Nsc.FrontEnd;

namespace Nsc.Compiler.Building;

/// <summary>SHA-256 of things in a form in which no two lists of things are alike.</summary>
internal static class BuildKey
{
    /// <summary>What nets depend on: the unit without the numbers of its lines, the signature with its ranges, the model, and what is said of the training.</summary>
    public static string OfNets(CProgram program, string modelHash, params IEnumerable<object?> training) => Of(
        [
            ToolVersion.Current, modelHash, ClangFrontEnd.WithoutLineNumbers(program.Source), program.EntrySource, program.Signature.Prototype,
            .. program.Signature.Inputs.Select(i => $"{i.Name} {i.Kind} {i.Range}"), .. program.Signature.Outputs.Select(o => $"{o.Name} {o.Kind}"), .. training,
        ]);

    public static string Of(params IEnumerable<object?> things)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (object? thing in things)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(Convert.ToString(thing, CultureInfo.InvariantCulture) ?? "");
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
