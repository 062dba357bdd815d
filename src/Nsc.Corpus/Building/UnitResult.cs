// What one generated translation unit gave, in a form that the processes of a job can exchange.

using System.Text.Json;

namespace Nsc.Corpus.Building;

/// <summary>A program that can teach something.</summary>
/// <param name="Index">The number of its function in its unit.</param>
internal sealed record UsefulProgram(int Index, CorpusProgram Program, string Fingerprint);

/// <summary>The useful programs of a unit, in the order of its functions, and why the others are not.</summary>
internal sealed record UnitResult(IReadOnlyList<UsefulProgram> Useful, Funnel Funnel)
{
    public static byte[] ToBytes(IReadOnlyList<UnitResult> units)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(units.Count);
        foreach (UnitResult unit in units)
        {
            writer.Write(JsonSerializer.Serialize(unit.Funnel));
            writer.Write(unit.Useful.Count);
            foreach (UsefulProgram useful in unit.Useful)
            {
                writer.Write(useful.Index);
                writer.Write(useful.Fingerprint);
                CorpusFile.Write(writer, useful.Program);
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    public static UnitResult[] FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var units = new UnitResult[reader.ReadInt32()];
        for (int u = 0; u < units.Length; u++)
        {
            Funnel funnel = JsonSerializer.Deserialize<Funnel>(reader.ReadString())!;
            var useful = new UsefulProgram[reader.ReadInt32()];
            for (int i = 0; i < useful.Length; i++)
            {
                useful[i] = new UsefulProgram(reader.ReadInt32(), Fingerprint: reader.ReadString(), Program: CorpusFile.Read(reader));
            }

            units[u] = new UnitResult(useful, funnel);
        }

        return units;
    }
}
