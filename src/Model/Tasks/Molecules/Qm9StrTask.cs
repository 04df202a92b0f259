using System.Globalization;
using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Molecules;
using Tempera.Model.Oracles.Tables;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tasks.Molecules;

/// <summary>
/// QM9 strings: molecules of 5 blocks out of 11 by their HOMO-LUMO gap, R(x) = 100 (max(y, 0.001) / max y)^5; the table is complete.
/// </summary>
/// <remarks>
/// Settings of Kim et al. 2024 (arXiv 2310.02823), hidden width apart: 256 in place of 1024, which takes a sixteenth of the time.
/// The paper's modes: of the 805 best strings, the best 0.5 %, those to which none of lower reward is similar (Tanimoto 0.5).
/// By that rule a cluster is represented by its lowest member, and the global maximum is not a mode.
/// </remarks>
public static class Qm9StrTask
{
    /// <summary>Number of modes by the paper's rule.</summary>
    public const int PaperModes = 364;

    private const double TopShare = 0.005, Similar = 0.5, Tie = 1e-5;
    private const string PaperRule = "paper: of the best 0.5 %, those with no string of lower reward at Tanimoto similarity 0.5 or more";

    private static readonly PrependAppendSpace Space = new("0123456789a", 5);

    private static readonly TaskDataFile Rewards = new(
        "qm9str/rewards.tsv.gz", "5233af3740ef97517961e1d87d1ea991c822cb0383cff1b0f79962c0f1c0e244", "HOMO-LUMO gap of all 161,051 strings");

    private static readonly TaskDataFile Blocks = new(
        "qm9str/blocks.json", "7cd6a7afc729d2bdf26cf99f210c7128693f8047499cfdf3e23c442abfd522cf", "the 11 building blocks");

    private static readonly TaskDataFile Windows = new(
        "qm9str/fingerprint_windows.tsv.gz", "0edf0d94a6d9080d1431b8e525bd8c3f2938bba0638b1b4eca3a4f2ae866b9c5", "Morgan bits of windows of blocks");

    private static readonly TaskOutline Outline = new()
    {
        Description = "Molecules of 5 building blocks by their HOMO-LUMO gap, a neural proxy, all 161,051 known.",
        Source = "QM9 string task of Shen et al. 2023 (arXiv 2305.07170) and Kim et al. 2024 (arXiv 2310.02823)",
        Space = Space,
        Oracle = "qm9str/1 gap",
        ModeDefinition = PaperRule,
        KnownModes = PaperModes,
        Defaults = new TaskDefaults(Rounds: 2000, Width: 256, Epsilon: 0.1),
        ObjectFile = "smi",
    };

    /// <summary>The task for the catalogue.</summary>
    internal static TaskDefinition Definition { get; } = new(
        "qm9str", [ModeChoice.TanimotoSetting("paper")], (settings, data) => Create(data, ModeChoice.Of(settings)))
    {
        Data = [Rewards, Blocks, Windows],
        Outline = Outline,
    };

    private static DesignTask Create(ITaskData data, ModeChoice choice)
    {
        var (objects, scores) = Read(TaskFile.ReadPinned(data, Rewards));
        var distance = new TanimotoDistance(WindowFingerprints.Read(TaskFile.ReadPinned(data, Windows), Windows.Name, Space));
        var modes = choice.Kind == ModeKind.Paper ? Paper(objects, scores, distance) : TopModes.Find(choice, objects, scores, objects.Count, distance);
        return new DesignTask
        {
            Name = Definition.Name,
            Description = Outline.Description,
            Source = Outline.Source,
            Space = Space,
            Oracle = new TableOracle(Outline.Oracle, Space, objects, scores),
            Reward = new RewardScale(Exponent: 5, MaxReward: 100, MaxScore: scores.Max()),
            Defaults = Outline.Defaults,
            Modes = modes,
            Target = new TargetHistogram(objects.ToArray(), scores.ToArray(), modes),
            Distance = distance,
            Notation = BlockLibrary.Read(TaskFile.ReadPinned(data, Blocks), Blocks.Name, Space.Alphabet),
            ObjectFile = Outline.ObjectFile,
        };
    }

    private static ModeSet Paper(List<UInt128> objects, List<double> scores, TanimotoDistance distance)
    {
        var best = Enumerable.Range(0, objects.Count).OrderByDescending(i => scores[i]).Take((int)(TopShare * objects.Count)).ToArray();
        var between = distance.Between([.. best.Select(i => objects[i])]);
        var modes = Enumerable.Range(0, best.Length).Where(i => !Enumerable.Range(0, best.Length)
            .Any(j => scores[best[j]] < scores[best[i]] - Tie && between(i, j) <= 1 - Similar));
        return new ModeSet(PaperRule, modes.Select(i => objects[best[i]]));
    }

    private static (List<UInt128> Objects, List<double> Scores) Read(TaskFile file)
    {
        var (objects, scores) = (new List<UInt128>(), new List<double>());
        foreach (var row in TsvRows.Read(file, Rewards.Name, "string\treward"))
        {
            objects.Add(Space.TryParse(row[0], out var terminal, out var error) ? terminal : throw new TaskDataException(error));
            scores.Add(float.Parse(row[1], CultureInfo.InvariantCulture));
        }

        return (objects, scores);
    }
}
