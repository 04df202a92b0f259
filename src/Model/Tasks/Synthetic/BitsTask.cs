using Tempera.Model.Modes;
using Tempera.Model.Oracles.Synthetic;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Synthetic;

/// <summary>
/// Bit sequences with fixed, scattered modes. The raw score is exp(-d / n), d the Hamming distance to the nearest mode;
/// R = score^e, so with e = n the reward is exp(-d).
/// </summary>
/// <remarks>After Malkin et al. 2022 (arXiv 2201.13259), section 5.3. The score is 1 at a mode, so R_max = max_y = 1.</remarks>
internal static class BitsTask
{
    private const string Name = "bits";
    private const string Bits = "bits", Word = "word", Modes = "modes", Exponent = "exponent";
    private const int TabulatedBits = 20;

    private static readonly IReadOnlyList<TaskSetting> Settings =
    [
        TaskSetting.Whole(Bits, 16, 1, PackedSequence.LetterBits, "Bits of a sequence."),
        TaskSetting.Whole(Word, 1, 1, 8, "Bits appended at a time; divides bits."),
        TaskSetting.Whole(Modes, 8, 1, 1024, "Modes, where a sequence is long enough to have so many."),
        TaskSetting.Real(Exponent, 8, 1e-3, 1000, "Reward exponent e."),
    ];

    public static TaskDefinition Definition { get; } = new(Name, Settings, (settings, _) => Create(settings));

    private static DesignTask Create(TaskSettingValues settings)
    {
        var (bits, word) = (settings.Whole(Bits), settings.Whole(Word));
        if (bits % word != 0)
        {
            throw SettingText.Refuse(Word, $"a divisor of {Bits}, {bits}", SettingText.Format(word), $"Choose a divisor of {bits}");
        }

        var space = AppendSpace.Bits(bits, word);
        var modes = BitModes.Create(bits, settings.Whole(Modes));
        var oracle = new BitSequenceOracle(bits, modes);
        return new DesignTask
        {
            Name = Name,
            Description = $"Sequences of {bits} bits with {modes.Count} fixed modes, built {word} bit{(word == 1 ? "" : "s")} at a time.",
            Source = "computed; after Malkin et al. 2022 (arXiv 2201.13259)",
            Space = space,
            Oracle = oracle,
            PartialScores = new BitPrefixOracle(oracle, bits, word, modes),
            // The score is above 1/e, so the floor never changes a reward.
            Reward = new RewardScale(settings.Real(Exponent), 1, 1),
            Defaults = new TaskDefaults(Rounds: 2000, Width: 128, Epsilon: 0.01),
            Modes = new ModeSet("fixed: concatenations of 00000000, 11111111, 11110000, 00001111, 00111100", modes.Select(mode => PackedSequence.Create(mode, space.MaxSteps))),
            Target = bits <= TabulatedBits ? Target(space, oracle, bits, modes.Count) : null,
        };
    }

    private static TabulatedTarget Target(AppendSpace space, BitSequenceOracle oracle, int bits, int modes)
    {
        var counts = new long[bits + 1];
        foreach (var terminal in space.EnumerateObjects())
        {
            counts[oracle.Distance(terminal)]++;
        }

        return new TabulatedTarget(counts.Select((count, distance) => (Math.Exp(-distance / (double)bits), count, distance == 0 ? modes : 0)));
    }
}
