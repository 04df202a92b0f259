using System.Buffers.Binary;
using System.Text;

namespace Tempera.Silo.Devices;

/// <summary>What a 64-bit little-endian ELF library asks of others: symbols, symbol versions, and which symbols are ever looked up.</summary>
/// <remarks>System V ABI, and the GNU symbol versioning of the Linux Standard Base core specification, chapter 10.7.</remarks>
internal sealed class ElfFile
{
    private const uint Rela = 4, DynamicSymbols = 11, VersionDefinitions = 0x6FFFFFFD, VersionNeeds = 0x6FFFFFFE, SymbolVersions = 0x6FFFFFFF;

    private readonly byte[] _content;
    private readonly List<ElfSection> _sections = [];

    /// <summary>Reads the section table.</summary>
    /// <exception cref="InvalidDataException">The content is not such a library.</exception>
    public ElfFile(byte[] content)
    {
        _content = content;
        if (content.Length < 64 || !content.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("A native library is a 64-bit little-endian ELF file; this one is not. Restore it from its package.");
        }

        try
        {
            var (start, size, count) = ((int)Long(0x28), Short(0x3A), Short(0x3C));
            for (var i = 0; i < count; i++)
            {
                var at = start + (i * size);
                _sections.Add(new ElfSection(Int(at + 4), (int)Long(at + 24), (int)Long(at + 32), (int)Int(at + 40)));
            }

            Symbols = ReadSymbols();
            Needs = ReadNeeds();
            Defines = ReadDefinitions();
            LookedUp = ReadLookedUp();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InvalidDataException("An ELF file's tables lie within it; these do not. Restore the library from its package.", error);
        }
    }

    /// <summary>Dynamic symbols, in order.</summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>Versions asked of other libraries.</summary>
    public IReadOnlyList<ElfVersionNeed> Needs { get; }

    /// <summary>Versions this library offers.</summary>
    public IReadOnlySet<string> Defines { get; }

    /// <summary>Positions in <see cref="Symbols"/> that a relocation refers to; the loader never looks for another.</summary>
    public IReadOnlySet<int> LookedUp { get; }

    private List<ElfSymbol> ReadSymbols()
    {
        var symbols = new List<ElfSymbol>();
        var versions = _sections.Find(static section => section.Type == SymbolVersions);
        if (_sections.Find(static section => section.Type == DynamicSymbols) is { } table)
        {
            var names = _sections[table.Link];
            for (var i = 0; i < table.Size / 24; i++)
            {
                var at = table.Offset + (i * 24);
                var version = versions is null ? 0 : Short(versions.Offset + (2 * i)) & 0x7FFF;
                symbols.Add(new ElfSymbol(Text(names.Offset + (int)Int(at)), Short(at + 6) != 0, _content[at + 4] >> 4 == 2, version));
            }
        }

        return symbols;
    }

    private List<ElfVersionNeed> ReadNeeds()
    {
        var needs = new List<ElfVersionNeed>();
        foreach (var section in _sections.Where(static section => section.Type == VersionNeeds))
        {
            var names = _sections[section.Link];
            for (int at = section.Offset, file = 0; file == 0 || Int(at + 12) != 0; file++)
            {
                at += file == 0 ? 0 : (int)Int(at + 12);
                var library = Text(names.Offset + (int)Int(at + 4));
                var entry = at + (int)Int(at + 8);
                for (var i = 0; i < Short(at + 2); i++, entry += (int)Int(entry + 12))
                {
                    needs.Add(new ElfVersionNeed(library, Text(names.Offset + (int)Int(entry + 8)), Short(entry + 6), entry + 4));
                }
            }
        }

        return needs;
    }

    private HashSet<string> ReadDefinitions()
    {
        var defines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in _sections.Where(static section => section.Type == VersionDefinitions))
        {
            var names = _sections[section.Link];
            for (int at = section.Offset, i = 0; i == 0 || Int(at + 16) != 0; i++)
            {
                at += i == 0 ? 0 : (int)Int(at + 16);
                defines.Add(Text(names.Offset + (int)Int(at + (int)Int(at + 12))));
            }
        }

        return defines;
    }

    private HashSet<int> ReadLookedUp()
    {
        var symbols = new HashSet<int>();
        foreach (var section in _sections.Where(static section => section.Type == Rela))
        {
            for (var at = section.Offset; at < section.Offset + section.Size; at += 24)
            {
                symbols.Add((int)Int(at + 12));
            }
        }

        return symbols;
    }

    private ushort Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_content.AsSpan(at));

    private uint Int(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_content.AsSpan(at));

    private ulong Long(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_content.AsSpan(at));

    private string Text(int at)
    {
        var rest = _content.AsSpan(at);
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private sealed record ElfSection(uint Type, int Offset, int Size, int Link);
}

/// <summary>A dynamic symbol.</summary>
/// <param name="Name">Mangled name.</param>
/// <param name="IsDefined">The library defines it.</param>
/// <param name="IsWeak">Nothing is wrong where it is not found.</param>
/// <param name="Version">Index of its version, see <see cref="ElfVersionNeed.Index"/>; 0 and 1 mean none.</param>
internal readonly record struct ElfSymbol(string Name, bool IsDefined, bool IsWeak, int Version);

/// <summary>A symbol version that a library asks of another.</summary>
/// <param name="Library">File name of the other, for example <c>libstdc++.so.6</c>.</param>
/// <param name="Version">For example <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Index">Its number among this library's versions.</param>
/// <param name="FlagsOffset">Where its flags lie in the file.</param>
internal readonly record struct ElfVersionNeed(string Library, string Version, int Index, int FlagsOffset);
