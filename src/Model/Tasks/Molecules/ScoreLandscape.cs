using System.Globalization;

namespace Tempera.Model.Tasks.Molecules;

/// <summary>
/// The distribution of scores over a whole space too large for a list of them: objects and mean score in bins of equal width.
/// Sums over objects of smooth functions of the score, such as Z(beta), are exact to the second order of the width.
/// </summary>
public sealed class ScoreLandscape : ITargetStatistics
{
    /// <summary>Width of a bin; bin b holds the scores in [b, b + 1) times this.</summary>
    public const double Width = 0.005;

    private const string Columns = "bin\tobjects\tmean_score";

    private readonly int[] _bins;

    /// <summary>A landscape from its bins that hold objects, in ascending order.</summary>
    public ScoreLandscape(IReadOnlyList<int> bins, IReadOnlyList<long> counts, IReadOnlyList<double> means)
        : this([.. bins], counts, means, [])
    {
    }

    private ScoreLandscape(int[] bins, IReadOnlyList<long> counts, IReadOnlyList<double> means, IReadOnlyList<int> modes) =>
        (_bins, Counts, Scores, ModeCounts) = (bins, counts, means, modes);

    /// <inheritdoc/>
    public IReadOnlyList<double> Scores { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> Counts { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> ModeCounts { get; }

    /// <summary>The bin of a score.</summary>
    public static int Bin(double score) => (int)Math.Floor(score / Width);

    /// <summary>The same landscape with the modes that have these scores.</summary>
    /// <exception cref="ArgumentException">No object has such a score.</exception>
    public ScoreLandscape WithModes(IEnumerable<double> scores)
    {
        var modes = new int[_bins.Length];
        foreach (var score in scores)
        {
            var at = Array.BinarySearch(_bins, Bin(score));
            modes[at >= 0 ? at : throw new ArgumentException($"The score of a mode is one that objects have; received {score}. Use the landscape of the same oracle.")]++;
        }

        return new ScoreLandscape(_bins, Counts, Scores, modes);
    }

    /// <summary>Writes one line a bin, tab separated, after a header.</summary>
    public void Write(TextWriter writer)
    {
        writer.Write(Columns + "\n");
        for (var i = 0; i < _bins.Length; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{_bins[i]}\t{Counts[i]}\t{Scores[i]:R}\n"));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is another one.</exception>
    public static ScoreLandscape Read(TextReader reader)
    {
        if (reader.ReadLine() is var header && header != Columns)
        {
            throw new FormatException($"A landscape begins with the columns '{Columns}'; received '{header}'. Write it again.");
        }

        var (bins, counts, means) = (new List<int>(), new List<long>(), new List<double>());
        while (reader.ReadLine()?.Split('\t') is [var bin, var count, var mean])
        {
            bins.Add(int.Parse(bin, CultureInfo.InvariantCulture));
            counts.Add(long.Parse(count, CultureInfo.InvariantCulture));
            means.Add(double.Parse(mean, CultureInfo.InvariantCulture));
        }

        return new ScoreLandscape(bins, counts, means);
    }

    /// <summary>The landscape that was enumerated for a built-in task and is kept with the assembly.</summary>
    internal static ScoreLandscape Load(string task)
    {
        using var stream = typeof(ScoreLandscape).Assembly.GetManifestResourceStream($"landscapes/{task}.txt")
            ?? throw new ArgumentException($"Landscapes are kept for built-in tasks; there is none for '{task}'. Enumerate it.", nameof(task));
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
