// JSON whose values know where they stand, so that what is wrong with one can be said with its line and column.

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Nsc.Core.Diagnostics;
using Nsc.Core.Text;

namespace Nsc.Compiler.Building;

/// <summary>A value of a JSON text.</summary>
/// <param name="Text">A text's characters, a number's digits; else empty.</param>
/// <param name="Members">An object's, each name once.</param>
/// <param name="Items">An array's.</param>
internal sealed record PlacedJson(
    JsonValueKind Kind, string Text, JsonPlace Place, ImmutableArray<(string Name, JsonPlace Place, PlacedJson Value)> Members, ImmutableArray<PlacedJson> Items)
{
    private const int Deepest = 16;

    /// <summary>Reads a text; null where <paramref name="diagnostics"/> say why it is no JSON.</summary>
    public static PlacedJson? Parse(string path, byte[] utf8, DiagnosticBag diagnostics)
    {
        var text = new JsonSource(path, utf8);
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
            reader.Read();
            PlacedJson value = Value(ref reader, text, diagnostics);
            return reader.Read() || diagnostics.HasErrors ? null : value;
        }
        catch (JsonException damage)
        {
            int offset = text.OffsetOf((int)(damage.LineNumber ?? 0), (int)(damage.BytePositionInLine ?? 0));
            string message = damage.Message.Split(" LineNumber:")[0].Split(" Path:")[0].Split(" Change the reader options")[0].Replace("is not supported in this mode", "does not belong there", StringComparison.Ordinal).TrimEnd('.', ' ');
            diagnostics.Add(new JsonPlace(text, offset).Error("project-json", $"this is no JSON: {PrintableText.OneLine(message)}"));
            return null;
        }
        catch (InvalidOperationException)
        {
            diagnostics.Add(new JsonPlace(text, 0).Error("project-json", "this is no JSON: it holds text that is no UTF-8"));
            return null;
        }
    }

    private static PlacedJson Value(ref Utf8JsonReader reader, JsonSource text, DiagnosticBag diagnostics)
    {
        var place = new JsonPlace(text, (int)reader.TokenStartIndex);
        var members = ImmutableArray.CreateBuilder<(string, JsonPlace, PlacedJson)>();
        var items = ImmutableArray.CreateBuilder<PlacedJson>();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var names = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    (string name, JsonPlace at) = (reader.GetString()!, new JsonPlace(text, (int)reader.TokenStartIndex));
                    if (!names.Add(name))
                    {
                        diagnostics.Add(at.Error("project-member", $"'{PrintableText.OneLine(name)}' stands here twice"));
                    }

                    reader.Read();
                    members.Add((name, at, Value(ref reader, text, diagnostics)));
                }

                return new PlacedJson(JsonValueKind.Object, "", place, members.ToImmutable(), []);
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, text, diagnostics));
                }

                return new PlacedJson(JsonValueKind.Array, "", place, [], items.ToImmutable());
            case JsonTokenType.String:
                return new PlacedJson(JsonValueKind.String, reader.GetString()!, place, [], []);
            case JsonTokenType.Number:
                return new PlacedJson(JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), place, [], []);
            default:
                return new PlacedJson(reader.TokenType switch { JsonTokenType.True => JsonValueKind.True, JsonTokenType.False => JsonValueKind.False, _ => JsonValueKind.Null }, "", place, [], []);
        }
    }
}

/// <summary>The text that values stand in.</summary>
internal sealed record JsonSource(string Path, byte[] Utf8)
{
    /// <summary>The offset of a byte of a line; lines and bytes count from 0.</summary>
    public int OffsetOf(int line, int column)
    {
        int start = 0;
        for (int i = 0; i < line; i++)
        {
            start += Utf8.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        return Math.Min(start + column, Utf8.Length);
    }
}

/// <summary>A place in a JSON text.</summary>
/// <param name="Offset">In bytes.</param>
internal readonly record struct JsonPlace(JsonSource Source, int Offset)
{
    private const int LongestLine = 200;

    public Diagnostic Error(string id, string message, string? hint = null)
    {
        ReadOnlySpan<byte> before = Source.Utf8.AsSpan(0, Offset), all = Source.Utf8;
        int line = before.Count((byte)'\n') + 1, start = before.LastIndexOf((byte)'\n') + 1, length = all[start..].IndexOfAny((byte)'\n', (byte)'\r');
        string text = Encoding.UTF8.GetString(length < 0 ? all[start..] : all.Slice(start, length));
        int column = Encoding.UTF8.GetCharCount(before[start..]) + 1;
        return new Diagnostic(
            Severity.Error, id, new SourceLocation(Source.Path, line, column), message, hint, text.Length <= LongestLine && PrintableText.IsOneLine(text.Replace('\t', ' ')) ? text : null);
    }
}
