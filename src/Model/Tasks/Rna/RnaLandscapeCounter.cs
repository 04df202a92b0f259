using Tempera.Model.Oracles.Rna;

namespace Tempera.Model.Tasks.Rna;

/// <summary>Counts strands and modes by energy over all strands with a given right end. One thread at a time.</summary>
internal sealed class RnaLandscapeCounter(RnaBindingOracle oracle)
{
    private readonly DuplexColumns _columns = oracle.Fold.CreateShared();
    private readonly DuplexColumns _neighbours = oracle.Fold.CreateShared();
    private readonly long[] _strands = new long[2 * DuplexFold.Unbound + 1];
    private readonly int[] _modes = new int[2 * DuplexFold.Unbound + 1];

    /// <summary>Counts the strands whose last <paramref name="letters"/> letters have the indices written in base 4 in <paramref name="suffix"/>.</summary>
    public void Count(int suffix, int letters)
    {
        var length = oracle.Target.Length;
        for (var column = length; column > length - letters; column--, suffix >>= 2)
        {
            _columns.Letters[column - 1] = (byte)(suffix & 3);
            _columns.Extend(column);
        }

        Visit(length - letters);
    }

    /// <summary>Adds what another counter counted.</summary>
    public void Add(RnaLandscapeCounter other)
    {
        for (var i = 0; i < _strands.Length; i++)
        {
            _strands[i] += other._strands[i];
            _modes[i] += other._modes[i];
        }
    }

    /// <summary>The counts so far.</summary>
    public RnaLandscape ToLandscape()
    {
        var found = Enumerable.Range(0, _strands.Length).Where(i => _strands[i] > 0).ToList();
        return new RnaLandscape(
            [.. found.Select(i => i - DuplexFold.Unbound)], [.. found.Select(i => _strands[i])], [.. found.Select(i => _modes[i])]);
    }

    private void Visit(int column)
    {
        for (byte letter = 0; letter < RnaLetters.Count; letter++)
        {
            _columns.Letters[column - 1] = letter;
            _columns.Extend(column);
            if (column > 1)
            {
                Visit(column - 1);
                continue;
            }

            var energy = _columns.Finish();
            var at = (energy == DuplexFold.Unbound ? 0 : energy) + DuplexFold.Unbound;
            _strands[at]++;
            if (energy <= oracle.Target.ModeEnergy && DuplexFold.IsStrictLocalMinimum(_neighbours, _columns.Letters, energy))
            {
                _modes[at]++;
            }
        }
    }
}
