// Reads data sets of code row by row, never a whole file at once. The files are not trusted: a row that is damaged, huge or
// not text is counted and skipped.

using System.Text.Json;
using Nsc.Corpus.Shards;
using Nsc.Core.Files;
using Nsc.FrontEnd;
using Parquet;
using Parquet.Schema;

namespace Nsc.Corpus.Mining.Stack;

/// <summary>Streams the rows of JSON Lines (<c>.jsonl</c>, <c>.json</c>) and Parquet (<c>.parquet</c>) files.</summary>
public sealed class StackReader
{
    private const int LongestLine = 4 * ClangFrontEnd.LargestSource;
    private const long LargestColumn = 1L << 30;
    private const int MostRows = 1 << 22;

    /// <summary>Rows that were passed over so far.</summary>
    public int BadRows { get; private set; }

    /// <summary>The usable rows of a file.</summary>
    /// <exception cref="InvalidDataException">The file as a whole is not what its name says.</exception>
    public IEnumerable<StackRow> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" or ".json" => ReadLines(path),
        ".parquet" => ReadParquet(path),
        _ => throw new InvalidDataException($"'{path}' is neither .jsonl nor .parquet"),
    };

    private IEnumerable<StackRow> ReadLines(string path)
    {
        using FileStream stream = File.OpenRead(path);
        foreach (ReadOnlyMemory<byte>? line in BoundedLines.Of(stream, LongestLine))
        {
            if (line is { IsEmpty: true })
            {
                continue;
            }

            if (line is { } text && Checked(RowOf(text)) is { } row)
            {
                yield return row;
            }
            else
            {
                BadRows++;
            }
        }
    }

    private static StackRow? RowOf(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && Text(json.RootElement, StackColumns.Content) is { } content
                ? new StackRow(
                    content, Text(json.RootElement, StackColumns.Path) ?? "", Text(json.RootElement, StackColumns.Repository) ?? "",
                    Text(json.RootElement, StackColumns.Licence) ?? ShardRow.UnknownLicence)
                : null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: an escape that is no character.
        }
    }

    private static string? Text(JsonElement row, string[] names)
    {
        foreach (string name in names)
        {
            if (row.TryGetProperty(name, out JsonElement value))
            {
                // Licences come as lists, too.
                JsonElement first = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
                return first.ValueKind == JsonValueKind.String ? first.GetString() : null;
            }
        }

        return null;
    }

    private IEnumerable<StackRow> ReadParquet(string path)
    {
        (FileStream stream, ParquetReader reader) = Opened(path);
        try
        {
            DataField[] fields = reader.Schema.GetDataFields();
            DataField content = Find(fields, StackColumns.Content) ?? throw new InvalidDataException($"'{path}' has no text column named 'content'");
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                foreach (StackRow row in ReadGroup(reader, group, content, fields))
                {
                    yield return row;
                }
            }
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
            stream.Dispose();
        }
    }

    private IEnumerable<StackRow> ReadGroup(ParquetReader reader, int group, DataField content, DataField[] fields)
    {
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
        int count = (int)Math.Clamp(rows.RowCount, 0, int.MaxValue);
        string?[]? contents = Column(rows, content, count);
        if (contents is null)
        {
            BadRows += count;
            yield break;
        }

        string?[]? Optional(string[] names) => Find(fields, names) is { } field ? Column(rows, field, count) : null;
        string?[]? paths = Optional(StackColumns.Path), repositories = Optional(StackColumns.Repository), licences = Optional(StackColumns.Licence);
        for (int i = 0; i < count; i++)
        {
            StackRow? row = contents[i] is { } text
                ? Checked(new StackRow(text, paths?[i] ?? "", repositories?[i] ?? "", licences?[i] ?? ShardRow.UnknownLicence))
                : null;
            if (row is not null)
            {
                yield return row;
            }
            else
            {
                BadRows++;
            }
        }
    }

    private static DataField? Find(DataField[] fields, string[] names) => names
        .Select(n => Array.Find(fields, f => f.Name == n && f.Path.Length == 1 && f.MaxRepetitionLevel == 0 && IsText(f)))
        .FirstOrDefault(f => f is not null);

    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    // Null for a column that is damaged or too large to be held in memory.
    private static string?[]? Column(ParquetRowGroupReader rows, DataField field, int count)
    {
        try
        {
            if (count > MostRows || rows.GetMetadata(field)?.MetaData?.TotalUncompressedSize is not (>= 0 and <= LargestColumn))
            {
                return null;
            }

            var values = new string?[count];
            rows.ReadAsync(field, values.AsMemory()!).AsTask().GetAwaiter().GetResult();
            return values;
        }
        catch (Exception)
        {
            return null; // Also for want of memory: the sizes in the file are what it claims.
        }
    }

    private static (FileStream Stream, ParquetReader Reader) Opened(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = ParquetFile.Open(path);
            return (stream, ParquetReader.CreateAsync(stream).GetAwaiter().GetResult());
        }
        catch (Exception damage) when (damage is not FileNotFoundException)
        {
            stream?.Dispose();
            throw new InvalidDataException($"'{path}' is not a usable Parquet file: {damage.Message}", damage);
        }
    }

    private static StackRow? Checked(StackRow? row) =>
        row is { Content: { Length: > 0 and <= ClangFrontEnd.LargestSource } content } && !content.Contains('\0', StringComparison.Ordinal) ? row : null;
}
