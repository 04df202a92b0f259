using System.Globalization;
using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Oracles.Synthetic;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Synthetic;

/// <summary>
/// Holo-bench's closed-form landscape: strings that must contain spaced motifs and avoid forbidden neighbours. The raw score
/// is the Ehrlich function, 1 where every motif is complete; R(x) = 10 max(y, 0.001)^e.
/// </summary>
/// <remarks>Stanton et al. 2024 (arXiv 2407.00236). The modes are all optima; they are counted where the space is small.</remarks>
internal static class EhrlichTask
{
    private const string Name = "ehrlich", Optimum = "optimum: every motif complete";
    private const string States = "states", Length = "length", Motifs = "motifs", MotifLength = "motif_length";
    private const string Quantization = "quantization", Instance = "instance", Exponent = "exponent";
    private const string Letters = "ACDEFGHIKLMNPQRSTVWY";
    private const int CountedObjects = 1 << 20;

    private static readonly IReadOnlyList<TaskSetting> Settings =
    [
        TaskSetting.Whole(States, 4, 2, 20, "Letters of the alphabet."),
        TaskSetting.Whole(Length, 10, 2, 60, "Letters of a string; with more than 16 states at most 24, with more than 8 at most 30, with more than 4 at most 40."),
        TaskSetting.Whole(Motifs, 2, 1, 16, "Motifs, whose shares multiply."),
        TaskSetting.Whole(MotifLength, 4, 1, 16, "Letters of a motif; motifs times this is at most length."),
        TaskSetting.Whole(Quantization, 4, 1, 16, "Steps in which a motif counts; at most motif_length."),
        TaskSetting.Whole(Instance, 0, 0, int.MaxValue, "Which random instance."),
        TaskSetting.Real(Exponent, 3, 1e-3, 1000, "Reward exponent e."),
    ];

    public static TaskDefinition Definition { get; } = new(Name, Settings, (settings, _) => Create(settings));

    private static DesignTask Create(TaskSettingValues settings)
    {
        var (states, length) = (settings.Whole(States), settings.Whole(Length));
        var (motifs, motifLength, quantization) = (settings.Whole(Motifs), settings.Whole(MotifLength), settings.Whole(Quantization));
        Require(length <= PackedSequence.MaxLength(PackedSequence.BitsPerSymbol(states)), Length,
            $"at most {PackedSequence.MaxLength(PackedSequence.BitsPerSymbol(states))} with {states} states", length);
        Require(motifs * motifLength <= length, MotifLength, $"at most {Length} / {Motifs}, {length / motifs}", motifLength);
        Require(quantization <= motifLength, Quantization, $"at most {MotifLength}, {motifLength}", quantization);

        var space = new PrependAppendSpace(Letters[..states], length);
        var function = new EhrlichFunction(states, length, motifs, motifLength, quantization, (ulong)settings.Whole(Instance));
        var oracle = new EhrlichOracle(string.Create(CultureInfo.InvariantCulture,
            $"ehrlich/1 v={states} L={length} c={motifs} k={motifLength} q={quantization} instance={settings.Whole(Instance)}"), function);
        var task = new DesignTask
        {
            Name = Name,
            Description = $"Strings of {length} over {states} letters with {motifs} spaced motifs of {motifLength} and forbidden neighbours.",
            Source = "computed; Ehrlich function of Stanton et al. 2024 (arXiv 2407.00236)",
            Space = space,
            Oracle = oracle,
            Reward = new RewardScale(settings.Real(Exponent), 10, 1),
            Defaults = new TaskDefaults(Rounds: 2000, Width: 128, Epsilon: 0.01),
            Modes = new OptimumModeRule(Optimum, 1),
            Distance = new LevenshteinDistance(space),
        };
        return space.LogObjectCount <= Math.Log(CountedObjects) + 1e-9 ? Counted(task) : task;
    }

    private static DesignTask Counted(DesignTask task)
    {
        var objects = task.Space.EnumerateObjects().ToArray();
        var scores = new double[objects.Length];
        task.Oracle.Score(objects, scores);
        var modes = new ModeSet(Optimum, objects.Where((_, i) => scores[i] >= 1));
        return task with { Modes = modes, Target = new TargetHistogram(objects, scores, modes) };
    }

    private static void Require(bool holds, string setting, string rule, int value)
    {
        if (!holds)
        {
            throw SettingText.Refuse(setting, rule, SettingText.Format(value), "Choose a smaller number");
        }
    }
}
