namespace Nsc.Tests;

/// <summary>A file with some bytes changed, cut out and doubled, by a seed; half of the changes are near its end.</summary>
internal static class Mutation
{
    public static string Of(string good, int seed) => System.Text.Encoding.Latin1.GetString(Of(System.Text.Encoding.Latin1.GetBytes(good), seed));

    public static byte[] Of(byte[] good, int seed)
    {
        var random = new Random(seed);
        List<byte> bytes = [.. good];
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes && bytes.Count > 0; i++)
        {
            int at = random.Next(2) == 0 ? random.Next(bytes.Count) : Math.Max(0, bytes.Count - 1 - random.Next(200)), length = Math.Min(1 + random.Next(8), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)(random.Next(2) == 0 ? 0xff : random.Next(256));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
