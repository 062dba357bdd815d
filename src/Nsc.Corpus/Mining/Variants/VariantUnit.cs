// A unit of many variants that remembers whose text is where, so that clang's complaint about a line costs one variant only.

using System.Text;

namespace Nsc.Corpus.Mining.Variants;

internal sealed class VariantUnit(string start)
{
    private readonly StringBuilder _text = new(start);
    private readonly List<(int FirstLine, int LastLine, int Variant)> _own = [];
    private int _lines = start.Count(c => c == '\n');
    private int _counted = start.Length;

    /// <summary>For each variant its function's name in this unit.</summary>
    public List<string> Functions { get; } = [];

    public string Source => _text.ToString();

    public void Shared(Action<StringBuilder> write) => write(_text);

    public void Own(int variant, Action<StringBuilder> write)
    {
        int first = CountLines();
        write(_text);
        _own.Add((first + 1, CountLines() + 1, variant));
    }

    /// <summary>The variants whose text covers a line.</summary>
    public IEnumerable<int> At(int line) => _own.Where(o => o.FirstLine <= line && line <= o.LastLine).Select(o => o.Variant);

    private int CountLines()
    {
        string added = _text.ToString(_counted, _text.Length - _counted);
        _counted = _text.Length;
        return _lines += added.Count(c => c == '\n');
    }
}
