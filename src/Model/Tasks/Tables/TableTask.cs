using System.Globalization;
using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Oracles.Tables;
using Tempera.Model.Settings;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tasks.Tables;

/// <summary>
/// A task of a user's own table of strings and scores, complete or not. With y the score and z the setting <c>zero</c>,
/// R(x) = max_reward * (max(y - z, 0.001) / (max y - z))^e.
/// </summary>
/// <remarks>
/// A campaign keeps the table's checksum, so that it notices when the file was changed; the file may move, since <c>file</c> is
/// a fact of the machine.
/// </remarks>
internal static class TableTask
{
    private const string Name = "table", File = "file", Checksum = "sha256", Alphabet = "alphabet", Outside = "outside";
    private const string Zero = "zero", Exponent = "exponent", MaxReward = "max_reward";
    private const string Auto = "auto", Lowest = "lowest", Refuse = "refuse";
    private const double TopPercent = 1;
    private const int FewestTop = 10, MostTop = 2000;

    private static readonly TaskSetting ModesSetting = ModeChoice.HammingSetting(Auto, hasPaper: false);

    private static readonly IReadOnlyList<TaskSetting> Settings =
    [
        TaskSetting.Text(File, "", "a path", "TSV or CSV with a header: first column the string, a column score; may be gzip.", static text => text),
        TaskSetting.Text(Checksum, "", "64 hexadecimal digits, or empty", "SHA-256 of the unpacked table; found where it is not given, and then kept.", ParseChecksum),
        TaskSetting.Text(Alphabet, "", "2 to 256 distinct characters, or empty", "Letters in order; empty takes ACGT, ACGU or those that occur.", static text => text),
        TaskSetting.Text(Outside, Lowest, "lowest, refuse or a number", "Score of strings that are not in the table: its lowest, a number, or an error.", ParseOutside),
        TaskSetting.Text(Zero, Auto, "auto or a number", "Score that earns no reward; auto is 0, or the lowest score where that is negative.", text => text == Auto ? text : ParseReal(Zero, text)),
        TaskSetting.Real(Exponent, 3, 1e-3, 1000, "Reward exponent e."),
        TaskSetting.Real(MaxReward, 10, 1e-6, 1e9, "Reward of the best string."),
        ModesSetting with { Canonical = static text => text == Auto ? text : ModesSetting.Canonical(text) },
    ];

    public static TaskDefinition Definition { get; } = new(Name, Settings, Create)
    {
        Outline = new TaskOutline
        {
            Description = "Any table of strings and scores: tempera run table --file scores.tsv.",
            Source = "your own file",
            Oracle = "table/1",
            ModeDefinition = "strict local maxima of the best 1 %, or as --set modes says",
            Defaults = new TaskDefaults(Rounds: 2000, Width: 128, Epsilon: 0.01),
        },
    };

    private static DesignTask Create(TaskSettingValues settings, ITaskData data)
    {
        var (name, table) = Open(settings, data);
        var (lowest, highest) = (table.Scores.Min(), table.Scores.Max());
        var zero = settings.Text(Zero) == Auto ? Math.Min(0, lowest) : settings.Real(Zero);
        if (!(highest > zero))
        {
            throw SettingText.Refuse(Zero, $"a score below the best one, {SettingText.Format(highest)}", SettingText.Format(zero), "Choose a smaller number, or scale the scores");
        }

        double? outside = settings.Text(Outside) switch { Lowest => lowest, Refuse => null, _ => settings.Real(Outside) };
        var choice = settings.Text(ModeChoice.SettingName) == Auto ? ModesOf(table) : ModeChoice.Of(settings);
        var modes = TopModes.Find(choice, table.Objects, table.Scores, table.Objects.Count, new HammingDistance(table.Space.Alphabet.Length));
        settings.Resolve(Alphabet, table.Space.Alphabet);
        settings.Resolve(Zero, SettingText.Format(zero));
        settings.Resolve(ModeChoice.SettingName, choice.ToString());
        var share = table.IsComplete ? "all of them" : string.Create(CultureInfo.InvariantCulture, $"{100 * table.Objects.Count / Math.Exp(table.Space.LogObjectCount):0.####} % of all");
        return new DesignTask
        {
            Name = Name,
            Description = string.Create(CultureInfo.InvariantCulture, $"Strings of {table.Space.Length} letters over {table.Space.Alphabet}: {table.Objects.Count:N0} from {name}, {share}."),
            Source = name,
            Space = table.Space,
            Oracle = new TableOracle($"table/1 sha256={settings.Text(Checksum)} outside={settings.Text(Outside)}", table.Space, table.Objects, table.Scores, outside),
            Measured = table.Objects,
            Reward = new RewardScale(settings.Real(Exponent), settings.Real(MaxReward), highest) { Zero = zero },
            Defaults = Definition.Outline!.Defaults,
            Modes = modes,
            Target = Target(table, modes, outside),
            Distance = new LevenshteinDistance(table.Space),
            ObjectFile = table.Space.Alphabet is "ACGT" or "ACGU" ? "fasta" : null,
        };
    }

    private static (string Name, ScoreTable Table) Open(TaskSettingValues settings, ITaskData data)
    {
        var path = settings.Text(File);
        if (path.Length == 0)
        {
            throw SettingText.Refuse(File, "the path of a table of strings and scores", path, "Name one with --file scores.tsv");
        }

        var (file, name) = (TaskFile.Read(data, path), path.Split('/', '\\')[^1]);
        if (settings.Text(Checksum) is { Length: > 0 } expected && expected != file.Sha256)
        {
            throw new TaskDataException(
                $"A campaign keeps the table it began with; '{path}' has SHA-256 {file.Sha256} where the campaign has {expected}. "
                + "Restore the table, name its copy with --file, or begin a new campaign with the changed one.");
        }

        settings.Resolve(Checksum, file.Sha256);
        return (name, ScoreTable.Read(file, name, settings.Text(Alphabet) is { Length: > 0 } alphabet ? alphabet : null));
    }

    // The best 1 %, but neither too few to have maxima among them nor too many to be compared; equal scores stay together.
    private static ModeChoice ModesOf(ScoreTable table)
    {
        var scores = table.Scores.OrderDescending().ToArray();
        var wanted = Math.Clamp((int)(TopPercent / 100 * scores.Length), Math.Min(FewestTop, scores.Length), MostTop);
        var count = Array.FindLastIndex(scores, score => score == scores[wanted - 1]) + 1;
        return new ModeChoice(ModeKind.Local, Math.Min(100, Math.Round(100.0 * count / scores.Length + 5e-7, 6)), 1);
    }

    private static ITargetStatistics? Target(ScoreTable table, ModeSet modes, double? outside)
    {
        var counted = new TargetHistogram(table.Objects.ToArray(), table.Scores.ToArray(), modes);
        if (table.IsComplete)
        {
            return counted;
        }

        var others = Math.Exp(table.Space.LogObjectCount) - table.Objects.Count;
        return outside is { } score && others < long.MaxValue / 2
            ? new TabulatedTarget([.. counted.Scores.Select((known, i) => (known, counted.Counts[i], counted.ModeCounts[i])), (score, (long)Math.Round(others), 0)])
            : null;
    }

    private static string ParseChecksum(string text) => text.Length == 0 || (text.Length == 64 && text.All(char.IsAsciiHexDigit))
        ? text.ToLowerInvariant()
        : throw SettingText.Refuse(Checksum, "64 hexadecimal digits", text, "Leave it out: it is found");

    private static string ParseOutside(string text) => text is Lowest or Refuse ? text : ParseReal(Outside, text);

    private static string ParseReal(string setting, string text) =>
        SettingText.Format(SettingText.Real(setting, text, new RealRange(double.MinValue, double.MaxValue)));
}
