// Which functions compute numbers, by their declarations alone: numbers go in, and numbers come out.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

/// <summary>
/// A function computes numbers when it takes at least one number, array of numbers or structure that holds one, returns such a value or may write one
/// through a pointer, and takes nothing else. Text (<c>char *</c>), handles and callbacks are no numbers.
/// </summary>
/// <param name="isOfSystem">Whether a declaration stands in a system header.</param>
internal sealed class NumericSignature(Func<CXCursor, bool> isOfSystem)
{
    private const int Deepest = 16;

    /// <summary>Why a function does not compute numbers, in a few words; null when it does.</summary>
    public string? Objection(CXCursor function)
    {
        CXType[] parameters = [.. function.Parameters().Select(p => p.Type().Canonical())];
        CXType result = LibClang.getResultType(function.Type()).Canonical();
        return function.Spelling() == "main" ? "it is main()"
            : LibClang.Cursor_isVariadic(function) != 0 ? "takes any number of arguments"
            : parameters.Length == 0 ? "takes nothing"
            : parameters.Select(ObjectionTo).FirstOrDefault(o => o is not null)
            ?? (IsNumber(result) || (result.Kind == CXTypeKind.CXType_Void && parameters.Any(IsWritten)) ? null
                : result.Kind == CXTypeKind.CXType_Void ? "returns and writes nothing"
                : result.Kind == CXTypeKind.CXType_Pointer ? "returns a pointer"
                : "returns no number");
    }

    private string? ObjectionTo(CXType parameter)
    {
        if (parameter.Kind != CXTypeKind.CXType_Pointer && !parameter.Kind.IsArray())
        {
            return IsNumber(parameter) ? null : "takes a structure without numbers";
        }

        CXType target = Target(parameter);
        return IsNumber(target) ? IsText(target) ? "takes text" : null
            : target.Kind switch
            {
                CXTypeKind.CXType_Void => "takes a pointer to anything",
                CXTypeKind.CXType_Pointer => "takes a pointer to pointers",
                CXTypeKind.CXType_Record => "takes a handle: a structure without numbers, or unknown here",
                _ when target.Kind.IsFunction() => "takes a function",
                _ => "takes a pointer to no numbers",
            };
    }

    private static bool IsWritten(CXType parameter) =>
        parameter.Kind == CXTypeKind.CXType_Pointer ? !LibClang.getPointeeType(parameter).HoldsConst() : parameter.Kind.IsArray() && !parameter.HoldsConst();

    private static CXType Target(CXType pointer) =>
        (pointer.Kind == CXTypeKind.CXType_Pointer ? LibClang.getPointeeType(pointer) : pointer).Canonical().ElementOfAll();

    // Plain char; the signed and unsigned ones are small numbers.
    private static bool IsText(CXType type) => type.Kind is CXTypeKind.CXType_Char_S or CXTypeKind.CXType_Char_U;

    private bool IsNumber(CXType type, int depth = 0)
    {
        type = type.Canonical().ElementOfAll();
        return type.Kind switch
        {
            CXTypeKind.CXType_Record => depth < Deepest && !IsHandle(type) && type.Fields().Exists(f => IsNumberMember(f.Type(), depth)),
            CXTypeKind.CXType_Enum or CXTypeKind.CXType_Complex or CXTypeKind.CXType_Half or CXTypeKind.CXType_Float16 => true,
            _ => type.Kind is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble or CXTypeKind.CXType_Float128,
        };
    }

    private bool IsNumberMember(CXType member, int depth) => !IsText(member.Canonical().ElementOfAll()) && IsNumber(member, depth + 1);

    // A structure of the system's that holds pointers, such as FILE.
    private bool IsHandle(CXType record) =>
        isOfSystem(LibClang.getTypeDeclaration(record)) && record.Fields().Exists(f => f.Type().Canonical().Kind == CXTypeKind.CXType_Pointer);
}
