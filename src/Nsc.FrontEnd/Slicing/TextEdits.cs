// Stretches of a text that a unit has otherwise, or elsewhere.

namespace Nsc.FrontEnd.Slicing;

internal sealed class TextEdits
{
    private readonly SortedDictionary<int, (int End, string Text)> _replaced = [];
    private readonly Dictionary<int, List<(int Start, int End)>> _moved = [];

    /// <summary>Puts a text in the place of a stretch. Of overlapping stretches the first to begin counts.</summary>
    public void Replace(int start, int end, string text) => _replaced[start] = (end, text);

    /// <summary>Moves a stretch to before the declaration that begins at an offset.</summary>
    public void Move(int start, int end, int before)
    {
        Replace(start, end, ";");
        if (!_moved.TryGetValue(before, out var stretches))
        {
            _moved.Add(before, stretches = []);
        }

        stretches.Add((start, end));
    }

    /// <summary>What was moved to before the declaration that begins at an offset.</summary>
    public IEnumerable<(int Start, int End)> MovedBefore(int start) => _moved.GetValueOrDefault(start) ?? [];

    /// <summary>A stretch piece by piece: offsets of what stays, text where something else stands.</summary>
    public IEnumerable<(int Start, int End, string? Text)> Pieces(int start, int end)
    {
        int at = start;
        foreach ((int from, (int to, string text)) in _replaced)
        {
            if (from < at || to > end)
            {
                continue;
            }

            yield return (at, from, null);
            yield return (from, to, text);
            at = to;
        }

        yield return (at, end, null);
    }
}
