// The text of a user's table, wherever it comes from: a file or standard input, gzipped or not, in UTF-8 or UTF-16.

using System.IO.Compression;
using System.Text;

namespace Nsc.CommandLine.Data;

/// <param name="Head">The first characters, which <paramref name="Text"/> gives too.</param>
internal sealed record TableText(string Head, TextReader Text) : IDisposable
{
    /// <summary>Enough to see by how the rest is written.</summary>
    private const int HeadBytes = 1 << 16;

    // What files begin with that are no text, and what makes one of them.
    private static readonly (byte[] Magic, string What, string Hint)[] s_others =
    [
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd", "zstd -dc FILE | nsc ... -"),
        ([0xFD, .. "7zXZ"u8], "compressed by xz", "xz -dc FILE | nsc ... -"),
        ([.. "BZh"u8], "compressed by bzip2", "bzip2 -dc FILE | nsc ... -"),
        ([.. "PK\u0003\u0004"u8], "a ZIP archive, as workbooks are", "unpack it, or save the sheet as CSV"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old workbook", "save the sheet as CSV"),
        ([0x89, .. "HDF"u8], "an HDF5 file", "write the columns as CSV or Parquet"),
        ([0x93, .. "NUMPY"u8], "an array of numpy's", "numpy.savetxt with delimiter=',' writes CSV"),
        ([.. "PAR1"u8], "a Parquet file", "which has to be a file whose name ends in .parquet"),
    ];

    /// <summary>Opens what a stream holds, which is disposed with the result.</summary>
    /// <exception cref="CommandException">It is no text.</exception>
    public static TableText Open(Stream stream, string name)
    {
        var bytes = new PeekableStream(stream);
        if (bytes.Peek(HeadBytes) is [0x1F, 0x8B, ..])
        {
            bytes = new PeekableStream(new GZipStream(bytes, CompressionMode.Decompress));
        }

        ReadOnlySpan<byte> head = bytes.Peek(HeadBytes);
        foreach ((byte[] magic, string what, string hint) in s_others)
        {
            if (head.StartsWith(magic))
            {
                throw new CommandException(ExitCode.Refused, $"{name} is {what}, not CSV", hint);
            }
        }

        Encoding encoding = head switch { [not 0, 0, ..] => Encoding.Unicode, [0, not 0, ..] => Encoding.BigEndianUnicode, _ => Encoding.UTF8 };
        using var looked = new StreamReader(new MemoryStream(head.ToArray()), encoding);
        string text = looked.ReadToEnd();
        return text.Contains('\0', StringComparison.Ordinal)
            ? throw new CommandException(ExitCode.Refused, $"{name} is no text: it has NUL characters")
            : new TableText(text, new StreamReader(bytes, encoding));
    }

    public void Dispose() => Text.Dispose();
}
