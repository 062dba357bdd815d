// What another program prints, line by line, however much it is.

using System.Text;

namespace Nsc.Bench.Peers;

internal static class BoundedLines
{
    /// <summary>The lines of a stream, each cut to a length. All of it is read, so that the program is not stopped by a full pipe.</summary>
    public static IEnumerable<string> Of(StreamReader reader, int longest)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        bool isBegun = false;
        for (int count; (count = reader.Read(buffer, 0, buffer.Length)) > 0;)
        {
            for (int start = 0; start < count;)
            {
                int end = Array.IndexOf(buffer, '\n', start, count - start), stop = end < 0 ? count : end;
                line.Append(buffer, start, Math.Min(stop - start, longest - line.Length));
                (start, isBegun) = (stop + 1, end < 0);
                if (end >= 0)
                {
                    yield return line.ToString();
                    line.Clear();
                }
            }
        }

        if (isBegun)
        {
            yield return line.ToString();
        }
    }
}
