namespace Tempera.Model.Learning;

/// <summary>The proposals of a round: objects and the betas they were explored at, both <c>[batch]</c>.</summary>
public readonly ref struct Proposal(ReadOnlySpan<UInt128> objects, ReadOnlySpan<float> betas)
{
    /// <summary>Terminal objects, duplicates included.</summary>
    public ReadOnlySpan<UInt128> Objects { get; } = objects;

    /// <summary>Inverse temperatures.</summary>
    public ReadOnlySpan<float> Betas { get; } = betas;
}
