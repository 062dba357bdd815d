// A file without line ends, or with a line of gigabytes, must not be read into memory.

namespace Nsc.Corpus.Mining.Stack;

internal static class BoundedLines
{
    private const int Piece = 1 << 16;

    /// <summary>The lines of a stream without their ends; null in place of one that is longer than allowed.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>?> Of(Stream stream, int longest)
    {
        var line = new MemoryStream();
        var buffer = new byte[Piece];
        bool isTooLong = false;
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            for (int start = 0; start < count;)
            {
                int length = buffer.AsSpan(start, count - start).IndexOf((byte)'\n');
                int end = length < 0 ? count : start + length;
                isTooLong |= line.Length + end - start > longest;
                if (!isTooLong)
                {
                    line.Write(buffer, start, end - start);
                }

                start = end + 1;
                if (length >= 0)
                {
                    yield return Taken(line, isTooLong);
                    isTooLong = false;
                }
            }
        }

        if (line.Length > 0 || isTooLong)
        {
            yield return Taken(line, isTooLong);
        }
    }

    private static ReadOnlyMemory<byte>? Taken(MemoryStream line, bool isTooLong)
    {
        byte[] bytes = line.ToArray();
        line.SetLength(0);
        return isTooLong ? default(ReadOnlyMemory<byte>?) : bytes.AsMemory().TrimEnd((byte)'\r');
    }
}
