using Tempera.Model.Spaces;

namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// Scores RNA strands by how strongly they bind a target: <see cref="RnaTarget.Fitness"/> of the minimum free energy of
/// <see cref="DuplexFold"/>, Turner 2004 parameters. Larger is better; a weak strand can be slightly negative.
/// </summary>
/// <remarks>Objects are packed as <see cref="PackedSequence"/>, letters in the order ACGU. Thread safe; a call allocates nothing once warm.</remarks>
/// <param name="target">The binding problem.</param>
public sealed class RnaBindingOracle(RnaTarget target) : IOracle
{
    private const int Bits = 2;

    /// <summary>The binding problem.</summary>
    public RnaTarget Target { get; } = target;

    /// <inheritdoc/>
    public string Version { get; } = $"rna-duplex/1 turner-2004 {target.Problem}";

    /// <summary>The recursion behind the scores.</summary>
    internal DuplexFold Fold { get; } = new(DuplexParameters.Turner2004, target.Sequence, target.Length);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An object is not a strand of the target's length over ACGU, or the spans differ in length.</exception>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        if (objects.Length != scores.Length)
        {
            throw new ArgumentException(
                $"There is one score for each object; received {objects.Length} objects and {scores.Length} scores. Pass equal lengths.",
                nameof(scores));
        }

        for (var i = 0; i < objects.Length; i++)
        {
            scores[i] = Target.Fitness(Energy(objects[i]));
        }
    }

    /// <summary>Minimum free energy of the duplex in dcal/mol; 0, two separate strands, where nothing pairs.</summary>
    /// <exception cref="ArgumentException">The object is not a strand of the target's length over ACGU.</exception>
    public int Energy(UInt128 strand)
    {
        Span<byte> letters = stackalloc byte[Target.Length];
        Unpack(strand, letters);
        var energy = Fold.Energy(letters);
        return energy == DuplexFold.Unbound ? 0 : energy;
    }

    /// <summary>True when every single substitution binds strictly less well.</summary>
    /// <exception cref="ArgumentException">The object is not a strand of the target's length over ACGU.</exception>
    public bool IsStrictLocalMaximum(UInt128 strand)
    {
        Span<byte> letters = stackalloc byte[Target.Length];
        Unpack(strand, letters);
        return Fold.IsStrictLocalMinimum(letters);
    }

    private void Unpack(UInt128 strand, Span<byte> letters)
    {
        var length = PackedSequence.Length(strand);
        if (length != letters.Length || PackedSequence.Letters(strand) >> (Bits * letters.Length) != 0)
        {
            throw new ArgumentException(
                $"A strand has {letters.Length} letters of {Bits} bits and its length in the top byte; received length {length} in "
                + $"0x{strand:x}. Pack complete strands only.", nameof(strand));
        }

        for (var (i, rest) = (0, (ulong)strand); i < letters.Length; i++, rest >>= Bits)
        {
            letters[i] = (byte)(rest & 3);
        }
    }
}
