// A corpus on disk, so that a resumed training run need not build it again.

using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Nsc.Core.Dataflow;
using Nsc.Core.Files;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Building;

/// <summary>
/// Reads and writes a corpus: SHA-256 of the rest (32 bytes), then Brotli-compressed records. Written and read by this
/// tool on this machine only; it is a cache, and anything odd in it means that it is built anew.
/// </summary>
public static class CorpusFile
{
    private const int Version = 2;

    /// <summary>Writes the file atomically and returns its hash.</summary>
    public static string Save(string path, IReadOnlyList<CorpusProgram> programs)
    {
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)))
        {
            writer.Write(Version);
            writer.Write(programs.Count);
            foreach (CorpusProgram program in programs)
            {
                Write(writer, program);
            }
        }

        byte[] content = packed.ToArray(), hash = SHA256.HashData(content);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(hash);
            stream.Write(content);
        });
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The corpus and its hash, or null when the file is not a whole corpus file of this version.</summary>
    public static (ImmutableArray<CorpusProgram> Programs, string Hash)? TryLoad(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] bytes = File.ReadAllBytes(path);
        int hashSize = SHA256.HashSizeInBytes;
        if (bytes.Length < hashSize || !SHA256.HashData(bytes.AsSpan(hashSize)).AsSpan().SequenceEqual(bytes.AsSpan(0, hashSize)))
        {
            return null;
        }

        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(bytes, hashSize, bytes.Length - hashSize), CompressionMode.Decompress));
        if (reader.ReadInt32() != Version)
        {
            return null;
        }

        var programs = ImmutableArray.CreateBuilder<CorpusProgram>();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            programs.Add(Read(reader));
        }

        return (programs.ToImmutable(), Convert.ToHexStringLower(bytes.AsSpan(0, hashSize)));
    }

    /// <summary>One program as bytes.</summary>
    public static byte[] ToBytes(CorpusProgram program)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(writer, program);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>A program from what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="InvalidDataException">The bytes are something else.</exception>
    public static CorpusProgram FromBytes(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            CorpusProgram program = Read(reader);
            return IsSound(program) ? program : throw new InvalidDataException("a graph of the corpus is not possible");
        }
        catch (Exception damage) when (damage is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("a graph of the corpus is damaged", damage);
        }
    }

    // Every operand before its user, every input in the signature, every range an interval.
    private static bool IsSound(CorpusProgram program)
    {
        (DataflowGraph graph, ImmutableArray<InputVariable> inputs, _) = program;
        return !inputs.IsEmpty && !graph.Outputs.IsEmpty
            && inputs.All(i => Enum.IsDefined(i.Kind) && i.Range.IsRange)
            && graph.Outputs.All(o => o >= 0 && o < graph.Nodes.Length)
            && Enumerable.Range(0, graph.Nodes.Length).All(i => IsSound(graph.Nodes[i], i, inputs.Length));
    }

    private static bool IsSound(Node node, int index, int inputs) =>
        Enum.IsDefined(node.Opcode) && Enum.IsDefined(node.Kind)
        && (node.Opcode == Opcode.Input
            ? node.A >= 0 && node.A < inputs
            : Enumerable.Range(0, node.Arity).All(k => node.Operand(k) >= 0 && node.Operand(k) < index));

    /// <summary>Writes one program.</summary>
    internal static void Write(BinaryWriter writer, CorpusProgram program)
    {
        writer.Write7BitEncodedInt(program.Inputs.Length);
        foreach (InputVariable input in program.Inputs)
        {
            writer.Write((byte)input.Kind);
            writer.Write(input.Range.Low);
            writer.Write(input.Range.High);
        }

        writer.Write7BitEncodedInt(program.Graph.Nodes.Length);
        foreach (Node node in program.Graph.Nodes)
        {
            WriteNode(writer, node);
        }

        writer.Write7BitEncodedInt(program.Graph.Outputs.Length);
        foreach (int output in program.Graph.Outputs)
        {
            writer.Write7BitEncodedInt(output);
        }

        writer.Write7BitEncodedInt(program.Tokens.Length);
        foreach (short token in program.Tokens)
        {
            writer.Write7BitEncodedInt(token);
        }
    }

    private static void WriteNode(BinaryWriter writer, Node node)
    {
        writer.Write((byte)node.Opcode);
        writer.Write((byte)node.Kind);
        if (node.Opcode == Opcode.Constant)
        {
            writer.Write(node.Bits);
            return;
        }

        for (int k = 0; k < Math.Max(1, node.Arity); k++)
        {
            writer.Write7BitEncodedInt(node.Operand(k));
        }
    }

    /// <summary>Reads one program.</summary>
    internal static CorpusProgram Read(BinaryReader reader)
    {
        var inputs = ImmutableArray.CreateBuilder<InputVariable>();
        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            inputs.Add(new InputVariable(
                $"x{inputs.Count}", (ScalarKind)reader.ReadByte(), new Interval(reader.ReadDouble(), reader.ReadDouble())));
        }

        var nodes = ImmutableArray.CreateBuilder<Node>();
        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            nodes.Add(ReadNode(reader));
        }

        var outputs = ImmutableArray.CreateBuilder<int>();
        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            outputs.Add(reader.Read7BitEncodedInt());
        }

        var tokens = ImmutableArray.CreateBuilder<short>();
        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            tokens.Add((short)reader.Read7BitEncodedInt());
        }

        return new CorpusProgram(
            new DataflowGraph(nodes.ToImmutable(), inputs.Count, outputs.ToImmutable(), []), inputs.ToImmutable(), tokens.ToImmutable());
    }

    private static Node ReadNode(BinaryReader reader)
    {
        var opcode = (Opcode)reader.ReadByte();
        if (!Enum.IsDefined(opcode))
        {
            throw new InvalidDataException("a graph of the corpus has an unknown operation");
        }

        var kind = (ValueKind)reader.ReadByte();
        if (opcode == Opcode.Constant)
        {
            return new Node(opcode, kind, Bits: reader.ReadInt64());
        }

        int[] operands = [-1, -1, -1];
        for (int k = 0; k < Math.Max(1, opcode.Arity()); k++)
        {
            operands[k] = reader.Read7BitEncodedInt();
        }

        return new Node(opcode, kind, operands[0], operands[1], operands[2]);
    }
}
