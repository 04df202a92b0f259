using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Synthetic;

/// <summary>The modes of the bit sequences: the fixed set itself.</summary>
internal sealed class BitModeRule(IEnumerable<UInt128> modes) : IModeRule
{
    private readonly HashSet<UInt128> _modes = [.. modes];

    public string Definition => "fixed: concatenations of 00000000, 11111111, 11110000, 00001111, 00111100";

    public int? KnownCount => _modes.Count;

    public bool IsMode(UInt128 terminal, double score) => _modes.Contains(PackedSequence.Letters(terminal));
}
