// Writes a container's JSON header in exactly one way. Readers compare headers with this text byte for byte, so it must not
// depend on a JSON library's taste in escapes, which may change from one release to the next.

using System.Collections.Immutable;
using System.Text;

namespace Nsc.Core.Surrogates;

/// <summary>
/// The canonical header: metadata first, keys in ordinal order, tensors in storage order, ASCII only (everything else is
/// escaped as \uXXXX), and no spaces but those that pad it to a multiple of 8 bytes.
/// </summary>
internal static class CanonicalHeader
{
    private const int Alignment = 8;

    public static byte[] Serialize(ImmutableArray<Tensor> tensors, ImmutableSortedDictionary<string, string> metadata)
    {
        var text = new StringBuilder("{");
        AppendMetadata(text, metadata);
        long offset = 0;
        foreach (Tensor tensor in tensors)
        {
            long end = offset + ((long)tensor.Values.Length * sizeof(float));
            AppendString(text.Append(','), tensor.Name);
            text.Append($":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        text.Append('}');
        text.Append(' ', (Alignment - (text.Length % Alignment)) % Alignment);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void AppendMetadata(StringBuilder text, ImmutableSortedDictionary<string, string> metadata)
    {
        AppendString(text, ContainerHeader.MetadataKey);
        text.Append(":{");
        string separator = "";
        foreach ((string key, string value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            AppendString(text.Append(separator), key);
            AppendString(text.Append(':'), value);
            separator = ",";
        }

        text.Append('}');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                >= ' ' and <= '~' => text.Append(c),
                _ => text.Append($"\\u{(int)c:x4}"),
            };
        }

        text.Append('"');
    }
}
