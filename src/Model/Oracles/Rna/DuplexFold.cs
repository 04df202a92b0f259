using System.Collections.Concurrent;

namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// Minimum free energy of the duplex of a fixed target and designed strands of one length, both written 5' to 3': one helix
/// between the strands, antiparallel, with bulges and internal loops, nearest-neighbour energies.
/// </summary>
/// <remarks>
/// <para>C(i, j), the lowest energy of a duplex whose last pair is target base i with designed base j, is the least of
/// init + X(p(i, j); a_{i-1}, b_{j+1}) and, over pairs (k, l) with k &lt; i, l &gt; j and at most 30 unpaired bases between,
/// C(k, l) + loop(i-k-1, l-j-1). The result is the least C(i, j) + X(p'(i, j); b_{j-1}, a_{i+1}), in integers.</para>
/// <para>The recursion of RNAduplex, Lorenz et al., Algorithms Mol. Biol. 6:26 (2011), without intramolecular pairs. Safe to
/// use from several threads at once.</para>
/// </remarks>
public sealed class DuplexFold
{
    /// <summary>The energy returned when no base pair can form.</summary>
    public const int Unbound = DuplexTables.Unreachable;

    private readonly ConcurrentBag<DuplexColumns> _idle = [];
    private readonly ConcurrentBag<DuplexColumns> _idleShared = [];
    private readonly DuplexTables _tables;

    /// <summary>Prepares the tables of a target.</summary>
    /// <exception cref="ArgumentException">The target is not over ACGU, or the length not 1 to the largest loop of the parameters.</exception>
    public DuplexFold(DuplexParameters parameters, string target, int length)
    {
        _tables = new DuplexTables(parameters, RnaLetters.Parse(target));
        (Target, Length) = (target, length);
        _idle.Add(new DuplexColumns(_tables, length, shared: false));
    }

    /// <summary>The target strand.</summary>
    public string Target { get; }

    /// <summary>Letters of a designed strand.</summary>
    public int Length { get; }

    /// <summary>Minimum free energy in dcal/mol of the strand with these letter indices; <see cref="Unbound"/> if nothing pairs.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="Length"/> letters, or one is not 0 to 3.</exception>
    public int Energy(ReadOnlySpan<byte> letters)
    {
        Check(letters);
        var columns = _idle.TryTake(out var idle) ? idle : new DuplexColumns(_tables, Length, shared: false);
        letters.CopyTo(columns.Letters);
        columns.BoundByLetters();
        var energy = columns.Fold(Length);
        _idle.Add(columns);
        return energy;
    }

    /// <summary>True when each of the 3 <see cref="Length"/> single substitutions binds strictly less well than the strand itself.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Energy"/>.</exception>
    public bool IsStrictLocalMinimum(ReadOnlySpan<byte> letters)
    {
        var energy = Energy(letters);
        var columns = _idleShared.TryTake(out var idle) ? idle : CreateShared();
        var result = IsStrictLocalMinimum(columns, letters, energy);
        _idleShared.Add(columns);
        return result;
    }

    /// <summary>A workspace whose columns may be kept while letters left of them change; not thread safe.</summary>
    internal DuplexColumns CreateShared() => new(_tables, Length, shared: true);

    /// <summary>As the public method, for a strand whose energy is known, in a shared workspace.</summary>
    internal static bool IsStrictLocalMinimum(DuplexColumns columns, ReadOnlySpan<byte> letters, int energy)
    {
        // Only energies at or below the strand's own matter, so nothing above needs to be told apart.
        letters.CopyTo(columns.Letters);
        columns.Reset(energy + 1);
        for (var column = letters.Length; column > 1; column--)
        {
            columns.Extend(column);
        }

        // Substitutions from the left: each keeps the columns to its right, and the cheapest come first.
        for (var at = 0; at < letters.Length; at++)
        {
            for (var step = 1; step < RnaLetters.Count; step++)
            {
                columns.Letters[at] = (byte)((letters[at] + step) & 3);
                if (columns.Fold(at + 1) <= energy)
                {
                    return false;
                }
            }

            columns.Letters[at] = letters[at];
        }

        return true;
    }

    private void Check(ReadOnlySpan<byte> letters)
    {
        if (letters.Length != Length || letters.ContainsAnyExceptInRange((byte)0, (byte)3))
        {
            throw new ArgumentException(
                $"A designed strand has {Length} letters with indices 0 to 3; received [{string.Join(' ', letters.ToArray())}]. "
                + "Give the letter indices of a sequence of this length.", nameof(letters));
        }
    }
}
