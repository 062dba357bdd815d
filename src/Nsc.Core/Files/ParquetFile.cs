// The frame of a Parquet file, looked at before a library is given it: the library believes the length that the last bytes claim.

using System.Buffers.Binary;

namespace Nsc.Core.Files;

public static class ParquetFile
{
    private const int LargestFooter = 64 << 20;
    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Opens a file whose ends are those of a Parquet file.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static FileStream Open(string path)
    {
        FileStream stream = FileIdentity.Of(path).Kind is FileKind.File or FileKind.Missing ? File.OpenRead(path) : throw new InvalidDataException("it is no regular file");
        try
        {
            Check(stream);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // The file begins with the magic and ends with the footer, its length and the magic.
    private static void Check(FileStream stream)
    {
        Span<byte> ends = stackalloc byte[12];
        if (stream.Length < ends.Length)
        {
            throw new InvalidDataException("it is too short");
        }

        stream.ReadExactly(ends[..4]);
        stream.Seek(-8, SeekOrigin.End);
        stream.ReadExactly(ends[4..]);
        stream.Seek(0, SeekOrigin.Begin);
        if (!ends[..4].SequenceEqual(Magic) || !ends[8..].SequenceEqual(Magic))
        {
            throw new InvalidDataException("it does not begin and end as one");
        }

        uint footer = BinaryPrimitives.ReadUInt32LittleEndian(ends[4..]);
        if (footer > LargestFooter || footer > stream.Length - ends.Length)
        {
            throw new InvalidDataException($"its footer claims {footer} bytes");
        }
    }
}
