namespace Tempera.Silo.Devices;

/// <summary>
/// Decides whether TorchSharp's native part can be loaded beside an older C++ library, and makes the copy that can. The part
/// published for Linux asks for GLIBCXX_3.4.32 (GCC 13) because of one link marker that nothing calls; in the copy that version
/// is marked weak, which the loader lets pass. Versions that something does need are never touched.
/// </summary>
internal static class ShimRepair
{
    private const byte Weak = 2;

    /// <summary>What the part asks for and the library lacks.</summary>
    public static IReadOnlyList<ElfVersionNeed> Missing(ElfFile shim, string library, IReadOnlySet<string> offered) =>
        [.. shim.Needs.Where(need => need.Library == library && !offered.Contains(need.Version))];

    /// <summary>Symbols of a version that the loader would look up.</summary>
    public static IReadOnlyList<string> SymbolsInUse(ElfFile shim, ElfVersionNeed need) =>
        [.. shim.Symbols.Where((symbol, i) => symbol.Version == need.Index && shim.LookedUp.Contains(i)).Select(static symbol => symbol.Name)];

    /// <summary>A copy in which the given versions are weak.</summary>
    public static byte[] Weaken(byte[] content, IEnumerable<ElfVersionNeed> needs)
    {
        var copy = (byte[])content.Clone();
        foreach (var need in needs)
        {
            copy[need.FlagsOffset] |= Weak;
        }

        return copy;
    }
}
