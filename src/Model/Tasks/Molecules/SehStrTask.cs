using System.Globalization;
using Tempera.Model.Modes;
using Tempera.Model.Molecules;
using Tempera.Model.Oracles.Trees;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tasks.Molecules;

/// <summary>
/// sEH strings: molecules of 6 blocks out of 18 by predicted binding to soluble epoxide hydrolase, R(x) = 10 (max(y, 0.001) / max y)^6;
/// the oracle is a model of boosted trees on the string.
/// </summary>
/// <remarks>
/// Settings of Kim et al. 2024 (arXiv 2310.02823), hidden width apart: 256 in place of 1024, which takes a sixteenth of the time.
/// The paper's modes: the best 0.05 %, in the order of the alphabet, each accepted unless similar to an accepted one (Tanimoto
/// 0.5). By that rule a cluster is represented by any member, and the global maximum is not a mode.
/// </remarks>
public static class SehStrTask
{
    /// <summary>Number of modes by the paper's rule.</summary>
    public const int PaperModes = 159;

    private const double Similar = 0.5;
    private const double HighestScore = 7.033253064721926;
    private const string PaperRule = "paper: of the best 0.05 % in the order of the alphabet, those at Tanimoto similarity under 0.5 to all before";

    private static readonly PrependAppendSpace Space = new("0123456789abcdefgh", 6);

    private static readonly TaskDataFile Model = new(
        "sehstr/gbr_model.json", "97fc1efcc3a2f8d14fc9ba1b08870d7c178a043a458f12d5847893c09eb4aef5", "the boosted trees");

    private static readonly TaskDataFile Blocks = new(
        "sehstr/blocks.json", "e11c98cee1c88e4a343c97db84567b0c05a24d27fd09a43b020f1433701b01c9", "the 18 building blocks");

    private static readonly TaskDataFile Windows = new(
        "sehstr/fingerprint_windows.tsv.gz", "f3b07cf5730804d8d9821cec7d6194aa2de593873536c3176185e26843c26211", "Morgan bits of windows of blocks");

    private static readonly TaskDataFile Best = new(
        "sehstr/top_0.05pct.tsv.gz", "47d72176dabc23a6baf409d042c795624f4feaa2e254d3feed41e5e097ec5f3f", "the 17,007 best strings of all");

    private static readonly TaskOutline Outline = new()
    {
        Description = "Molecules of 6 building blocks by predicted binding to soluble epoxide hydrolase, boosted trees on the string.",
        Source = "sEH string task of Shen et al. 2023 (arXiv 2305.07170) and Kim et al. 2024 (arXiv 2310.02823)",
        Space = Space,
        Oracle = "sehstr/1 gbr",
        ModeDefinition = PaperRule,
        KnownModes = PaperModes,
        Defaults = new TaskDefaults(Rounds: 2000, Width: 256, Epsilon: 0.1),
        ObjectFile = "smi",
    };

    /// <summary>The task for the catalogue.</summary>
    internal static TaskDefinition Definition { get; } = new(
        "sehstr", [ModeChoice.TanimotoSetting("paper")], (settings, data) => Create(data, ModeChoice.Of(settings)))
    {
        Data = [Model, Blocks, Windows, Best],
        Outline = Outline,
    };

    private static DesignTask Create(ITaskData data, ModeChoice choice)
    {
        var oracle = new BoostedTreesOracle(Outline.Oracle, BoostedTrees.Read(TaskFile.ReadPinned(data, Model), Model.Name));
        var distance = new TanimotoDistance(WindowFingerprints.Read(TaskFile.ReadPinned(data, Windows), Windows.Name, Space));
        var landscape = ScoreLandscape.Load(Definition.Name);
        var (objects, scores) = Read(TaskFile.ReadPinned(data, Best));
        var modes = choice.Kind == ModeKind.Paper ? Paper(objects, distance) : TopModes.Find(choice, objects, scores, landscape.Counts.Sum(), distance);
        return new DesignTask
        {
            Name = Definition.Name,
            Description = Outline.Description,
            Source = Outline.Source,
            Space = Space,
            Oracle = oracle,
            Reward = new RewardScale(Exponent: 6, MaxReward: 10, MaxScore: HighestScore),
            Defaults = Outline.Defaults,
            Modes = modes,
            Target = landscape.WithModes(scores.Where((_, i) => modes.IsMode(objects[i], scores[i]))),
            Distance = distance,
            Notation = BlockLibrary.Read(TaskFile.ReadPinned(data, Blocks), Blocks.Name, Space.Alphabet),
            ObjectFile = Outline.ObjectFile,
        };
    }

    private static ModeSet Paper(List<UInt128> objects, TanimotoDistance distance)
    {
        var ordered = objects.OrderBy(Space.Format, StringComparer.Ordinal).ToArray();
        var (between, accepted) = (distance.Between(ordered), new List<int>());
        for (var i = 0; i < ordered.Length; i++)
        {
            if (accepted.TrueForAll(j => between(i, j) > 1 - Similar))
            {
                accepted.Add(i);
            }
        }

        return new ModeSet(PaperRule, accepted.Select(i => ordered[i]));
    }

    private static (List<UInt128> Objects, List<double> Scores) Read(TaskFile file)
    {
        var (objects, scores) = (new List<UInt128>(), new List<double>());
        foreach (var row in TsvRows.Read(file, Best.Name, "string\tscore"))
        {
            objects.Add(Space.TryParse(row[0], out var terminal, out var error) ? terminal : throw new TaskDataException(error));
            scores.Add(double.Parse(row[1], CultureInfo.InvariantCulture));
        }

        return (objects, scores);
    }
}
