// As much of the ELF format as symbol versions take. See the System V ABI, and the Linux Standard Base on symbol versioning.

using System.Buffers.Binary;
using System.Text;

namespace Nsc.Build;

/// <summary>A version of another library that this one asks for.</summary>
/// <param name="Index">The number by which symbols of this file refer to the version.</param>
/// <param name="FlagsOffset">Where <c>vna_flags</c> lies in the file.</param>
public sealed record VersionNeed(string Library, string Version, ushort Index, bool IsWeak, int FlagsOffset);

/// <summary>A 64-bit little-endian ELF file in memory. Members throw <see cref="InvalidDataException"/> when it is damaged.</summary>
public sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const ushort WeakFlag = 0x2;

    private enum SectionType : uint
    {
        RelocationsWithAddend = 4,
        Relocations = 9,
        VersionDefinitions = 0x6ffffffd,
        VersionNeeds = 0x6ffffffe,
        SymbolVersions = 0x6fffffff,
    }

    private readonly record struct Section(SectionType Type, int Offset, int Size, int Link);

    private readonly Section[] _sections;

    public ElfFile(byte[] image)
    {
        Image = image;
        if (image.Length < HeaderSize || !image.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        }

        int table = Position(0x28);
        int count = U16(0x3c);
        _ = Bytes(table, count * SectionHeaderSize);
        _sections = [.. Enumerable.Range(0, count).Select(i => ReadSection(table + (i * SectionHeaderSize)))];
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Image { get; }

    /// <summary>The versions of other libraries that this file asks for (.gnu.version_r).</summary>
    public IEnumerable<VersionNeed> VersionNeeds()
    {
        foreach (Section section in OfType(SectionType.VersionNeeds))
        {
            foreach (int library in Chain(section.Offset, nextField: 12))
            {
                foreach (int version in Chain(library + Length(library + 8), nextField: 12))
                {
                    yield return new VersionNeed(
                        Name(section, library + 4), Name(section, version + 8), U16(version + 6), (U16(version + 4) & WeakFlag) != 0, version + 4);
                }
            }
        }
    }

    /// <summary>The versions that this file defines (.gnu.version_d).</summary>
    public IEnumerable<string> VersionDefinitions() =>
        from section in OfType(SectionType.VersionDefinitions)
        from definition in Chain(section.Offset, nextField: 16)
        select Name(section, definition + Length(definition + 12));

    /// <summary>Whether any relocation refers to a symbol of the version: only then does the loader ever look one up.</summary>
    public bool HasRelocationAgainst(ushort versionIndex)
    {
        Section versions = OfType(SectionType.SymbolVersions).FirstOrDefault();
        return OfType(SectionType.RelocationsWithAddend).Concat(OfType(SectionType.Relocations))
            .SelectMany(RelocatedSymbols)
            .Any(symbol => symbol < versions.Size / sizeof(ushort) && (U16(versions.Offset + (symbol * sizeof(ushort))) & 0x7fff) == versionIndex);
    }

    /// <summary>Tells the loader to go on when the version is missing.</summary>
    public void MarkWeak(VersionNeed need) =>
        BinaryPrimitives.WriteUInt16LittleEndian(Image.AsSpan(need.FlagsOffset), (ushort)(U16(need.FlagsOffset) | WeakFlag));

    private IEnumerable<int> RelocatedSymbols(Section section)
    {
        int size = section.Type == SectionType.RelocationsWithAddend ? 24 : 16;
        for (int offset = section.Offset; offset + size <= section.Offset + section.Size; offset += size)
        {
            yield return Length(offset + 12);
        }
    }

    private IEnumerable<Section> OfType(SectionType type) => _sections.Where(s => s.Type == type);

    private Section ReadSection(int at) => new((SectionType)U32(at + 4), Position(at + 24), Position(at + 32), Length(at + 40));

    // The entries of a version table: each holds the distance to the next one, 0 at the end.
    private IEnumerable<int> Chain(int first, int nextField)
    {
        int at = first;
        for (int distance = -1; distance != 0; at += distance)
        {
            yield return at;
            distance = Length(at + nextField);
        }
    }

    private string Name(Section section, int field)
    {
        if (section.Link >= _sections.Length)
        {
            throw new InvalidDataException("a version table has no string table");
        }

        int start = _sections[section.Link].Offset + Length(field);
        int end = start <= Image.Length ? Array.IndexOf(Image, (byte)0, start) : -1;
        return end < 0 ? throw new InvalidDataException("a name runs over the end of the file") : Encoding.ASCII.GetString(Image, start, end - start);
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(at, sizeof(ushort)));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, sizeof(uint)));

    private int Length(int at) => U32(at) is uint value && value <= int.MaxValue ? (int)value : throw OutOfBounds();

    private int Position(int at) =>
        BinaryPrimitives.ReadUInt64LittleEndian(Bytes(at, sizeof(ulong))) is ulong value && value <= int.MaxValue ? (int)value : throw OutOfBounds();

    private ReadOnlySpan<byte> Bytes(int at, int count) =>
        at >= 0 && at <= Image.Length - count ? Image.AsSpan(at, count) : throw OutOfBounds();

    private static InvalidDataException OutOfBounds() => new("a table lies outside the file");
}
