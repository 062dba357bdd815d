// Mines one file: the front end tells of its functions one after the other.

using Nsc.FrontEnd;
using Nsc.FrontEnd.Mining;

namespace Nsc.Corpus.Mining;

/// <summary>What a file defines that computes numbers.</summary>
/// <param name="Identity">Equal for functions that are the same in every file.</param>
/// <param name="IsOfHeader">Whether a header defines it.</param>
internal sealed record FoundFunction(string Name, string Identity, bool IsOfHeader);

/// <param name="claim">Whether a header's function is this file's to look at, and no other's.</param>
/// <param name="found">Told of each function that was looked at.</param>
internal sealed class FileMiner(Func<string, bool> claim, Action<FoundFunction, ProbeResult> found) : IMiner
{
    private readonly List<FoundFunction> _functions = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>Null for a file that cannot be read.</summary>
    public FileSurvey? Survey { get; private set; }

    /// <summary>Those that compute numbers, in order.</summary>
    public IReadOnlyList<FoundFunction> Functions => _functions;

    public void Begin(FileSurvey survey) => Survey = survey;

    public bool IsNew(string function, string identity, bool isOfHeader)
    {
        _functions.Add(new FoundFunction(function, identity, isOfHeader));
        return _seen.Add(identity) && (!isOfHeader || claim(identity));
    }

    public void Found(string function, ProbeResult result) => found(_functions.Find(f => f.Name == function)!, result);
}
