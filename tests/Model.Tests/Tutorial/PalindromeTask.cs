using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Oracles;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Synthetic;

/// <summary>
/// DNA strings that read the same on both strands, like the sites of restriction enzymes: the score is the share of mirrored
/// pairs of letters that are complements. R = score^e.
/// </summary>
internal static class PalindromeTask
{
    private const string Name = "palindrome", Length = "length", Exponent = "exponent";
    private const string Letters = "ACGT", Complements = "TGCA";

    private static readonly IReadOnlyList<TaskSetting> Settings =
    [
        TaskSetting.Whole(Length, 8, 2, 10, "Letters of a string."),
        TaskSetting.Real(Exponent, 4, 1e-3, 1000, "Reward exponent e."),
    ];

    public static TaskDefinition Definition { get; } = new(Name, Settings, (settings, _) => Create(settings));

    private static DesignTask Create(TaskSettingValues settings)
    {
        var space = new PrependAppendSpace(Letters, settings.Whole(Length));
        var oracle = new Oracle(space.Length);
        var objects = space.EnumerateObjects().ToArray();
        var scores = new double[objects.Length];
        oracle.Score(objects, scores);
        var modes = new ModeSet("palindromes", objects.Where((_, i) => scores[i] == 1));
        return new DesignTask
        {
            Name = Name,
            Description = $"DNA strings of {space.Length} letters that equal their reverse complement.",
            Source = "computed; the tutorial",
            Space = space,
            Oracle = oracle,
            Reward = new RewardScale(settings.Real(Exponent), MaxReward: 1, MaxScore: 1),
            Defaults = new TaskDefaults(Rounds: 1000, Width: 64, Epsilon: 0.05),
            Modes = modes,
            Target = new TargetHistogram(objects, scores, modes),
            Distance = new LevenshteinDistance(space),
            ObjectFile = "fasta",
        };
    }

    private sealed class Oracle(int length) : IOracle
    {
        public string Version { get; } = $"palindrome/1 length={length}";

        public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
        {
            for (var i = 0; i < objects.Length; i++)
            {
                var pairs = 0;
                for (var left = 0; left < length / 2; left++)
                {
                    var (a, b) = (PackedSequence.Symbol(objects[i], left, 2), PackedSequence.Symbol(objects[i], length - 1 - left, 2));
                    pairs += Letters[b] == Complements[a] ? 1 : 0;
                }

                scores[i] = pairs / (double)(length / 2);
            }
        }
    }
}
