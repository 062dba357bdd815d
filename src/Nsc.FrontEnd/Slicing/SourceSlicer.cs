// Cuts a function out of a real C file together with all that it needs from there, so that it stands alone. What cannot be
// supported is found out here already, on the file's one syntax tree, which is far cheaper than compiling each function.

using System.Collections.Immutable;
using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Slicing;

/// <summary>Cuts the files of one package. May be used by several threads at once.</summary>
public sealed class SourceSlicer(SourcePackage package, Toolchain toolchain) : IDisposable
{
    private static readonly SlicedFile s_unreadable = new(false, 0, []);
    private static readonly string[] s_arguments = [.. ClangArguments.Unit, "-ferror-limit=0"];
    private readonly HeaderStubs _stubs = new(package);

    /// <summary>Cuts every function of a file that takes and gives numbers. Nothing is thrown for what the file says.</summary>
    public SlicedFile Slice(string file) =>
        PackagePreprocessor.Of(file, package, _stubs, toolchain) is not { } expanded
            ? s_unreadable
            : DeepStack.Run(() =>
            {
                using TranslationUnit? written = Survives(file, expanded) ? Parse(file, expanded) : null;
                if (written is null)
                {
                    return s_unreadable;
                }

                byte[] text = Encoding.UTF8.GetBytes(expanded);
                string purified = Purification.Apply(Chunk.Own(written), text);
                using TranslationUnit? unit = purified == expanded ? null : Parse(file, purified);
                return unit is null ? SliceUnit(written, text) : SliceUnit(unit, Encoding.UTF8.GetBytes(purified));
            });

    public void Dispose() => _stubs.Dispose();

    // What purification leaves is no harder to parse than what was written.
    private bool Survives(string file, string text)
    {
        var source = new SourceText(file, text);
        return ParseGuard.IsHarmless(source) || ParseGuard.SurvivesTrial(source, s_arguments, toolchain);
    }

    private TranslationUnit? Parse(string file, string text) =>
        TranslationUnit.Parse(new SourceText(file, text), s_arguments, toolchain);

    private SlicedFile SliceUnit(TranslationUnit unit, byte[] text)
    {
        var chunks = Chunk.OfAll(unit);
        var flaws = new SliceFlaws(unit, chunks);
        CXCursor[] functions = [.. chunks.SelectMany(c => c.Declarations).Where(Chunk.IsOwn).Where(Chunk.IsFunctionDefinition).Where(f => !PureSubstitutes.IsOne(f.Spelling()))];
        var finder = new NeedsFinder(chunks, text);
        var slices = functions.Where(IsNumerical).Select(f => SliceOf(f, unit.Source, finder, flaws))
            .Select(s => package.IsOneProgram ? s : s with { Calls = [] }).ToImmutableArray();
        return new SlicedFile(true, functions.Length, slices);
    }

    private static Slice SliceOf(CXCursor function, SourceText source, NeedsFinder finder, SliceFlaws flaws)
    {
        SliceNeeds needs = finder.Of(function);
        int own = finder.IndexOf(function);
        bool isStatic = LibClang.Cursor_getStorageClass(function) == CX_StorageClass.CX_SC_Static;
        if (flaws.Of(function, needs) is { } flaw)
        {
            // Nobody will link it: of large packages, the text that these need would not fit into memory.
            return new Slice(function.Spelling(), isStatic, [finder.TextOf(own)], 0, [], flaw);
        }

        return new Slice(
            function.Spelling(), isStatic, [.. needs.Chunks.Select(finder.TextOf)],
            needs.Chunks.TakeWhile(i => i != own).Count(), [.. needs.Calls], null)
        {
            Call = ReadCall(function, source),
        };
    }

    private static TriedCall? ReadCall(CXCursor function, SourceText source) =>
        new CallReader(source, new TypeCheck(), TryingPolicy.Instance, new DiagnosticBag()).Read(function) is (var call, true) ? new TriedCall(call) : null;

    private static bool IsNumerical(CXCursor function)
    {
        CXCursor[] parameters = [.. function.Parameters()];
        CXType result = LibClang.getResultType(function.Type()).Canonical();
        return parameters.Length > 0 && LibClang.Cursor_isVariadic(function) == 0
            && (result.Kind == CXTypeKind.CXType_Void || IsValue(result))
            && Array.TrueForAll(parameters, p => IsPassable(p.Type().Canonical()));
    }

    private static bool IsPassable(CXType type) => IsValue(type.ElementOfAll())
        || (type.Kind == CXTypeKind.CXType_Pointer && IsValue(LibClang.getPointeeType(type).Canonical().ElementOfAll()));

    private static bool IsValue(CXType type) => type.Kind
        is CXTypeKind.CXType_Record or CXTypeKind.CXType_Enum or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble);
}
