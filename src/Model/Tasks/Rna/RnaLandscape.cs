using System.Globalization;
using Tempera.Model.Oracles.Rna;

namespace Tempera.Model.Tasks.Rna;

/// <summary>The exact distribution of duplex energies over all strands of a target: energies, strands and modes with each.</summary>
/// <param name="Energies">Distinct energies in dcal/mol, ascending: the strongest binder first.</param>
/// <param name="Counts">Strands with each energy.</param>
/// <param name="ModeCounts">Modes with each energy.</param>
public sealed record RnaLandscape(IReadOnlyList<int> Energies, IReadOnlyList<long> Counts, IReadOnlyList<int> ModeCounts)
{
    private const string Columns = "energy_dcal_per_mol\tstrands\tmodes";

    /// <summary>
    /// Folds every strand of the target, depth first from the right end so that strands share columns, and decides for each
    /// that is strong enough whether it is a mode.
    /// </summary>
    /// <param name="target">The binding problem.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="progress">Told the share of strands done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the enumeration.</param>
    public static RnaLandscape Enumerate(
        RnaTarget target, int threads = 1, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var oracle = new RnaBindingOracle(target);
        var split = Math.Min(4, target.Length - 1);
        var parts = 1 << (2 * split);
        var total = new RnaLandscapeCounter(oracle);
        var done = 0;
        Parallel.For(
            0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => new RnaLandscapeCounter(oracle),
            (part, state, counter) =>
            {
                counter.Count(part, split);
                progress?.Report(Interlocked.Increment(ref done) / (double)parts);
                return counter;
            },
            counter =>
            {
                lock (total)
                {
                    total.Add(counter);
                }
            });
        return total.ToLandscape();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A line breaks a rule; the message names it.</exception>
    public static RnaLandscape Read(TextReader reader)
    {
        var (energies, counts, modes) = (new List<int>(), new List<long>(), new List<int>());
        var header = false;
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.StartsWith('#') || (!header && (header = line == Columns)))
            {
                continue;
            }

            var words = line.Split('\t');
            if (!header || words.Length != 3 || !int.TryParse(words[0], CultureInfo.InvariantCulture, out var energy)
                || !long.TryParse(words[1], CultureInfo.InvariantCulture, out var count)
                || !int.TryParse(words[2], CultureInfo.InvariantCulture, out var mode)
                || count < 1 || mode < 0 || mode > count || (energies.Count > 0 && energy <= energies[^1]))
            {
                throw new FormatException(
                    $"After the header '{Columns}' each line has a larger energy, its strands and the modes among them; "
                    + $"line {number} reads '{line}'. Write the landscape again.");
            }

            energies.Add(energy);
            counts.Add(count);
            modes.Add(mode);
        }

        return new RnaLandscape(energies, counts, modes);
    }

    /// <summary>Writes one line for each energy, tab separated, after a header.</summary>
    public void Write(TextWriter writer)
    {
        writer.Write(Columns + "\n");
        for (var i = 0; i < Energies.Count; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Energies[i]}\t{Counts[i]}\t{ModeCounts[i]}\n"));
        }
    }

    /// <summary>The landscape that was enumerated for a built-in target and is kept with the assembly.</summary>
    /// <exception cref="ArgumentException">No landscape is kept for this target.</exception>
    internal static RnaLandscape Load(RnaTarget target)
    {
        using var stream = typeof(RnaLandscape).Assembly.GetManifestResourceStream($"rna/{target.Problem}.txt")
            ?? throw new ArgumentException(
                $"Landscapes are kept for the built-in targets; there is none for '{target.Problem}'. Enumerate it.", nameof(target));
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
