// What mining a stranger's file asks of the front end.

using Nsc.FrontEnd.Mining;

namespace Nsc.FrontEnd;

/// <summary>Told of a file while it is mined.</summary>
public interface IMiner
{
    /// <summary>The file was read.</summary>
    void Begin(FileSurvey survey);

    /// <summary>Asked, in order, of each function that computes numbers: whether it is to be looked at.</summary>
    /// <param name="identity">Equal for functions that are the same in every file.</param>
    /// <param name="isOfHeader">Whether a header defines it, which other files may include as well.</param>
    bool IsNew(string function, string identity, bool isOfHeader);

    /// <summary>What became of a function that is new. Its unit can be written as long as this goes on.</summary>
    void Found(string function, ProbeResult result);
}
