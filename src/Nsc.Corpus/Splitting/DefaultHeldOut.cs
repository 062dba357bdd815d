// Which functions are held out. The rule looks at nothing but where a function comes from and what it is called, and it is
// stated here only, so that training and measurements agree.

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Nsc.Corpus.Splitting;

public static class DefaultHeldOut
{
    /// <summary>The packages that are held out unless others are named.</summary>
    public static readonly ImmutableArray<string> Packages = ["erfa", "r-base", "sox"];

    /// <summary>The name under which the idiom library is stored.</summary>
    public const string Idioms = "idioms";

    /// <summary>Whether an idiom is of the held-out half: whether the SHA-256 of its name begins with an odd byte.</summary>
    public static bool IsIdiom(string function) => SHA256.HashData(Encoding.UTF8.GetBytes(function))[0] % 2 == 1;
}
