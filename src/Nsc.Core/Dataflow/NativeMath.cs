// The functions of real numbers that .NET lacks, or computes in its own way: those of the C library that the program itself calls.

using System.Runtime.InteropServices;

namespace Nsc.Core.Dataflow;

internal static partial class NativeMath
{
    [LibraryImport(Library, EntryPoint = "erf")]
    public static partial double Erf(double x);

    [LibraryImport(Library, EntryPoint = "erff")]
    public static partial float Erf(float x);

    [LibraryImport(Library, EntryPoint = "erfc")]
    public static partial double Erfc(double x);

    [LibraryImport(Library, EntryPoint = "erfcf")]
    public static partial float Erfc(float x);

    [LibraryImport(Library, EntryPoint = "tgamma")]
    public static partial double TGamma(double x);

    [LibraryImport(Library, EntryPoint = "tgammaf")]
    public static partial float TGamma(float x);

    [LibraryImport(Library, EntryPoint = "lgamma")]
    public static partial double LGamma(double x);

    [LibraryImport(Library, EntryPoint = "lgammaf")]
    public static partial float LGamma(float x);

    [LibraryImport(Library, EntryPoint = "expm1")]
    public static partial double Expm1(double x);

    [LibraryImport(Library, EntryPoint = "expm1f")]
    public static partial float Expm1(float x);

    [LibraryImport(Library, EntryPoint = "log1p")]
    public static partial double Log1p(double x);

    [LibraryImport(Library, EntryPoint = "log1pf")]
    public static partial float Log1p(float x);

    [LibraryImport(Library, EntryPoint = "exp2")]
    public static partial double Exp2(double x);

    [LibraryImport(Library, EntryPoint = "exp2f")]
    public static partial float Exp2(float x);

    [LibraryImport(Library, EntryPoint = "exp10")]
    public static partial double Exp10(double x);

    [LibraryImport(Library, EntryPoint = "exp10f")]
    public static partial float Exp10(float x);

    [LibraryImport(Library, EntryPoint = "hypot")]
    public static partial double Hypot(double x, double y);

    [LibraryImport(Library, EntryPoint = "hypotf")]
    public static partial float Hypot(float x, float y);

    [LibraryImport(Library, EntryPoint = "remainder")]
    public static partial double Remainder(double x, double y);

    private const string Library = "libm.so.6";
}
