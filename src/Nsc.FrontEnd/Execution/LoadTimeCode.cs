// Finds out whether loading a shared object would run any of its code. The sandbox closes after loading and before the
// first call, so nothing may run in between: no initialisers, no finalisers, no indirect functions.

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Nsc.FrontEnd.Execution;

/// <summary>
/// Reads a 64-bit ELF shared object the way the dynamic loader does, by its dynamic section, and accepts only entries that
/// are known to be data. Symbols are counted by the classic hash table, so link with <c>--hash-style=sysv</c>.
/// </summary>
internal sealed class LoadTimeCode
{
    private const int LoadSegment = 1, DynamicSegment = 2, IndirectFunction = 10, SymbolSize = 24, RelocationSize = 24;

    private enum Tag : ulong
    {
        Needed = 1, PltRelocationBytes = 2, PltTable = 3, Hash = 4, Strings = 5, Symbols = 6, Relocations = 7, RelocationBytes = 8,
        RelocationEntryBytes = 9, StringBytes = 10, SymbolEntryBytes = 11, Initialiser = 12, Finaliser = 13, Symbolic = 16,
        PltRelocationKind = 20, PltRelocations = 23, BindNow = 24, InitialiserArray = 25, FinaliserArray = 26,
        PreinitialiserArray = 32, Flags = 30, VersionSymbols = 0x6ffffff0, RelativeCount = 0x6ffffff9, Flags1 = 0x6ffffffb,
        VersionsNeeded = 0x6ffffffe, VersionsNeededCount = 0x6fffffff,
    }

    // What the linker makes of plain C: addresses, addresses of symbols, thread-local offsets. Not 37, which calls a function.
    private static readonly ImmutableHashSet<uint> PassiveRelocations = [1, 6, 7, 8, 16, 17, 18];

    private static readonly ImmutableHashSet<string> SystemLibraries = ["libm.so.6", "libc.so.6", "ld-linux-x86-64.so.2"];

    private readonly byte[] _file;
    private readonly List<(ulong Address, ulong Offset, ulong Size)> _segments = [];
    private readonly List<(Tag Tag, ulong Value)> _dynamic = [];

    private LoadTimeCode(byte[] file)
    {
        _file = file;
    }

    /// <summary>Why the object must not be loaded, in words that fit "the program has ...", or null when it may.</summary>
    public static string? Find(byte[] sharedObject)
    {
        try
        {
            return new LoadTimeCode(sharedObject).Find();
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return "sections that do not fit together";
        }
    }

    private string? Find()
    {
        ReadSegments();
        if (_dynamic.Where(d => d.Tag != Tag.Needed).GroupBy(d => d.Tag).Any(g => g.Count() > 1))
        {
            return "a dynamic section that contradicts itself";
        }

        return _dynamic.Select(WhyNot).FirstOrDefault(reason => reason is not null)
            ?? (HasIndirectFunctions() || HasActiveRelocations(Tag.Relocations, Tag.RelocationBytes)
                || HasActiveRelocations(Tag.PltRelocations, Tag.PltRelocationBytes)
                ? "an indirect function, which is chosen by code that runs when the program is loaded"
                : null);
    }

    private void ReadSegments()
    {
        int headers = checked((int)Word64(32));
        for (int i = 0; i < Word16(56); i++)
        {
            int header = headers + (i * 56);
            var (offset, address, size) = (Word64(header + 8), Word64(header + 16), Word64(header + 32));
            if (Word32(header) == LoadSegment)
            {
                _segments.Add((address, offset, size));
            }
            else if (Word32(header) == DynamicSegment)
            {
                ReadDynamic(checked((int)offset));
            }
        }
    }

    private void ReadDynamic(int offset)
    {
        for (; Word64(offset) != 0; offset += 16)
        {
            _dynamic.Add(((Tag)Word64(offset), Word64(offset + 8)));
        }
    }

    private string? WhyNot((Tag Tag, ulong Value) entry) => entry.Tag switch
    {
        Tag.Initialiser or Tag.InitialiserArray or Tag.PreinitialiserArray => "a constructor, which runs when the program is loaded",
        Tag.Finaliser or Tag.FinaliserArray => "a destructor, which runs when the program is unloaded",
        Tag.Needed when !SystemLibraries.Contains(Text(entry.Value)) => $"a library of its own ({Text(entry.Value)})",
        (Tag)27 or (Tag)28 or (Tag)33 => null, // The sizes of the arrays above, which are reported by themselves.
        _ => Enum.IsDefined(entry.Tag) ? null : $"a dynamic section with an entry of an unknown kind (0x{(ulong)entry.Tag:x})",
    };

    private bool HasIndirectFunctions()
    {
        int count = checked((int)Word32(At(Value(Tag.Hash)) + 4));
        int symbols = At(Value(Tag.Symbols));
        for (int i = 0; i < count; i++)
        {
            int symbol = checked(symbols + (i * SymbolSize));
            bool isDefinedHere = Word16(symbol + 6) != 0;
            if ((Byte(symbol + 4) & 15) == IndirectFunction && isDefinedHere)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasActiveRelocations(Tag table, Tag bytes)
    {
        int count = checked((int)Value(bytes)) / RelocationSize;
        int start = count > 0 ? At(Value(table)) : 0;
        return Enumerable.Range(0, count).Any(i => !PassiveRelocations.Contains(Word32(checked(start + (i * RelocationSize) + 8))));
    }

    private ulong Value(Tag tag) => _dynamic.Find(d => d.Tag == tag).Value;

    private string Text(ulong index)
    {
        int start = checked(At(Value(Tag.Strings)) + (int)index);
        ReadOnlySpan<byte> rest = _file.AsSpan(start);
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    // The place in the file of an address in memory.
    private int At(ulong address)
    {
        var segment = _segments.Find(s => address >= s.Address && address - s.Address < s.Size);
        return checked((int)(address - segment.Address + segment.Offset));
    }

    private byte Byte(int offset) => _file.AsSpan(offset, 1)[0];

    private int Word16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(offset, 2));

    private uint Word32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(offset, 4));

    private ulong Word64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(offset, 8));
}
