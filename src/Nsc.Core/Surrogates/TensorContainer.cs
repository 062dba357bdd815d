// The file format of surrogates and checkpoints: safetensors, written in one canonical way and sealed with a checksum, so that
// other languages can open our files and a damaged one is never taken for a good one.

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nsc.Core.Files;

namespace Nsc.Core.Surrogates;

/// <summary>
/// Tensors and text, as stored in a safetensors file: an 8-byte little-endian header length, a JSON header padded with
/// spaces to a multiple of 8, then the tensors' bytes without gaps. The metadata entry <see cref="ChecksumKey"/> is
/// written and checked here and is not part of <paramref name="Metadata"/>.
/// </summary>
public sealed record TensorContainer(ImmutableArray<Tensor> Tensors, ImmutableSortedDictionary<string, string> Metadata)
{
    /// <summary>The metadata entry that seals the file: SHA-256 over the header without this entry, then all tensor bytes.</summary>
    public const string ChecksumKey = "checksum";

    /// <summary>The longest file that <see cref="Load"/> reads, in bytes.</summary>
    public const int MaxFileBytes = 1 << 30;

    private const int LengthBytes = sizeof(ulong);

    /// <summary>The tensor of a name, or null.</summary>
    public Tensor? Find(string name) => Tensors.FirstOrDefault(t => t.Name == name);

    /// <summary>Writes the file atomically. Throws <see cref="ArgumentException"/> for a container that no reader would accept.</summary>
    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes the container. Throws <see cref="ArgumentException"/> for a container that no reader would accept.</summary>
    public void Write(Stream stream)
    {
        if (ContainerRules.Violation(this) is string violation)
        {
            throw new ArgumentException(violation);
        }

        byte[] header = SerializeHeader(ComputeChecksum());
        if (header.Length > ContainerRules.MaxHeaderBytes)
        {
            throw new ArgumentException($"the header takes {header.Length} bytes; at most {ContainerRules.MaxHeaderBytes} are allowed");
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Tensor tensor in Tensors)
        {
            stream.Write(Bytes(tensor.Values));
        }
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="ContainerException">The file is damaged, or this program did not write it.</exception>
    public static TensorContainer Load(string path) => Read(ReadBytes(path));

    /// <summary>Whether a path leads to what begins as such a file does; text does not.</summary>
    public static bool MayBe(string path)
    {
        if (FileIdentity.Of(path).Kind != FileKind.File)
        {
            return false;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
        Span<byte> start = stackalloc byte[LengthBytes + 1];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && BinaryPrimitives.ReadUInt64LittleEndian(start) < (ulong)stream.Length && start[^1] == '{';
    }

    /// <summary>The bytes of a regular file that is not too long to be one of ours.</summary>
    /// <exception cref="ContainerException">It is something else.</exception>
    public static byte[] ReadBytes(string path)
    {
        if (FileIdentity.Of(path).Kind is not (FileKind.File or FileKind.Missing))
        {
            throw new ContainerException("it is no regular file");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
        if (stream.Length > MaxFileBytes)
        {
            throw new ContainerException($"the file has {stream.Length} bytes; at most {MaxFileBytes} are read");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads a whole file from memory.</summary>
    /// <exception cref="ContainerException">The bytes are damaged, or this program did not write them.</exception>
    public static TensorContainer Read(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> header = HeaderBytes(file);
        ReadOnlySpan<byte> data = file[(LengthBytes + header.Length)..];
        ContainerHeader parsed = ContainerHeader.Parse(header, data.Length);

        var tensors = ImmutableArray.CreateBuilder<Tensor>(parsed.Tensors.Length);
        foreach (TensorEntry entry in parsed.Tensors)
        {
            var values = new float[entry.Length / sizeof(float)];
            data.Slice(entry.Start, entry.Length).CopyTo(Bytes(values));
            tensors.Add(new Tensor(entry.Name, entry.Shape, values));
        }

        var container = new TensorContainer(tensors.MoveToImmutable(), parsed.Metadata);
        container.Verify(header, parsed.Checksum);
        return container;
    }

    private static ReadOnlySpan<byte> HeaderBytes(ReadOnlySpan<byte> file)
    {
        if (file.Length < LengthBytes)
        {
            throw new ContainerException($"the file is cut short: {file.Length} bytes, where the header's length alone takes {LengthBytes}");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > ContainerRules.MaxHeaderBytes)
        {
            throw new ContainerException($"the header claims {length} bytes; at most {ContainerRules.MaxHeaderBytes} are allowed (is this a safetensors file?)");
        }

        if (length > (ulong)(file.Length - LengthBytes))
        {
            throw new ContainerException($"the file is cut short: the header claims {length} bytes and {file.Length - LengthBytes} are left");
        }

        return file.Slice(LengthBytes, (int)length);
    }

    // The header must be byte for byte what we write ourselves: then no byte of it can change unseen, spaces included.
    private void Verify(ReadOnlySpan<byte> header, string checksum)
    {
        if (ContainerRules.Violation(this) is string violation)
        {
            throw new ContainerException(violation);
        }

        if (!header.SequenceEqual(SerializeHeader(checksum)))
        {
            throw new ContainerException("the header is damaged, or another program wrote it: it is not in canonical form");
        }

        if (checksum != ComputeChecksum())
        {
            throw new ContainerException("the checksum does not match: the file is damaged");
        }
    }

    private byte[] SerializeHeader(string checksum) =>
        CanonicalHeader.Serialize(Tensors, Metadata.SetItem(ChecksumKey, checksum));

    private string ComputeChecksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(CanonicalHeader.Serialize(Tensors, Metadata));
        foreach (Tensor tensor in Tensors)
        {
            hash.AppendData(Bytes(tensor.Values));
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The format is little-endian, and so is every processor that libtorch runs on.
    private static Span<byte> Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan());
}

/// <summary>A named tensor; <paramref name="Values"/> is row-major, its length the product of <paramref name="Shape"/>.</summary>
public sealed record Tensor(string Name, ImmutableArray<int> Shape, float[] Values)
{
    /// <summary>The most dimensions a stored tensor may have.</summary>
    public const int MaxRank = 8;

    /// <summary>The number of elements of a shape, or null when a dimension is not positive or the product exceeds an array's length.</summary>
    public static int? ElementCount(ImmutableArray<int> shape)
    {
        long count = 1;
        foreach (int dimension in shape)
        {
            if (dimension <= 0)
            {
                return null;
            }

            count *= dimension;
            if (count > Array.MaxLength)
            {
                return null;
            }
        }

        return (int)count;
    }
}
