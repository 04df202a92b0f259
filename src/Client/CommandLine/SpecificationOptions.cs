using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.CommandLine;

/// <summary>The options that make up a campaign's specification, and their merging with a configuration file.</summary>
internal sealed class SpecificationOptions
{
    private const string FileSetting = "file";

    private readonly IReadOnlyList<Option<string?>> _settings =
    [
        Setting("--conditioning", "C", "Dependence on beta: logit, layer, logit-layer, thermometer or none."),
        Setting("--parametrization", "P", "How an edge is scored: ssr or sa."),
        Setting("--objective", "O", "Training objective, for example tb."),
        Setting("--explore", "SCHEDULE", "Betas of exploration, for example uniform:1,3 or annealing:1,3,path=geometric,restarts=4."),
        Setting("--train", "SCHEDULE", "Betas of replay, in the same language."),
        Setting("--device", "DEVICE", "Compute device: cpu, torch-cpu, cuda, cuda:1 or auto; `tempera doctor` says what works here."),
        Setting("--threads", "N", "Threads of the engine; 0 takes all processors. Results do not depend on it."),
        Setting("--recipe", "NAME", "Set of settings under all others: task (its own), default (what measured best) or reference (as published)."),
        Setting("--file", "FILE", "Task table: TSV or CSV with a header, first column the string, a column score."),
        Setting("--alphabet", "LETTERS", "Task table: the letters, where those that occur are not all."),
    ];

    private readonly Option<string?> _config = new("--config")
    {
        Description = "YAML or JSON file of settings, or the config.json of an earlier run; the command line wins.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Any setting by name, as key=value; repeatable. The names are listed below.",
        HelpName = "key=value",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _offline = new("--offline")
    {
        Description = "Learn from the worse part of the task's scores alone and ask the oracle nothing; then sample or evaluate at betas beyond.",
    };

    private readonly Option<ulong?> _seed = Parsers.Seed("Root seed of all random streams (default 0).");

    private readonly Option<long?> _budget =
        Parsers.Whole("--budget", 1, long.MaxValue, "CALLS", "Stop after this many unique oracle calls.");

    /// <summary>Rounds in total.</summary>
    public Option<long?> Rounds { get; } =
        Parsers.Whole("--rounds", 1, 10_000_000, "N", "Rounds in total; more than a finished run has extends it.");

    /// <summary>Options that set one setting of any task: <c>--set</c> only.</summary>
    public static Option<string[]> TaskSettings(string description = "A setting of the task, as key=value; repeatable.") => new("--set")
    {
        Description = description,
        HelpName = "key=value",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Rounds);
        command.Options.Add(_budget);
        command.Options.Add(_seed);
        foreach (var option in _settings)
        {
            command.Options.Add(option);
        }

        command.Options.Add(_offline);
        command.Options.Add(_config);
        command.Options.Add(_set);
    }

    /// <summary>The specification that a command line asks for; the command line wins over its file.</summary>
    /// <exception cref="CommandException">An option or the file is wrong, or no task is named.</exception>
    public CampaignSpecification Read(ParseResult result, string? task, CommandEnvironment environment)
    {
        var path = result.GetValue(_config);
        var file = path is null ? ConfigurationFile.Empty : ConfigurationFile.Read(environment.FullPath(path));
        var settings = file.Settings.ToBuilder();
        foreach (var (key, value) in Assignments(result.GetValue(_set), environment))
        {
            settings[key] = value;
        }

        foreach (var option in _settings)
        {
            if (result.GetValue(option) is { } value)
            {
                settings[SettingAssignment.Normalise(option.Name.TrimStart('-'))] = value;
            }
        }

        if (result.GetValue(_offline))
        {
            settings["offline"] = "true";
        }

        FindTable(settings, environment);
        var (rounds, budget, seed) = (Take(settings, "rounds", 1, 10_000_000), Take(settings, "budget", 1, long.MaxValue), TakeSeed(settings));
        return new CampaignSpecification
        {
            Task = task ?? file.Task ?? throw CommandException.Usage(
                "A task is needed and none is named. Name one, for example `tempera run rna1`; `tempera tasks` lists all."),
            Rounds = (int?)(result.GetValue(Rounds) ?? rounds),
            Budget = result.GetValue(_budget) ?? budget,
            Seed = result.GetValue(_seed) ?? seed,
            Settings = settings.ToImmutable(),
        };
    }

    /// <summary>Parses repeated <c>--set</c> values; a later one wins, and the path of a table is taken from the working directory.</summary>
    public static ImmutableSortedDictionary<string, string> Assignments(string[]? texts, CommandEnvironment environment)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            var (key, value) = SettingAssignment.Parse(text);
            settings[key] = value;
        }

        FindTable(settings, environment);
        return settings.ToImmutable();
    }

    private static void FindTable(ImmutableSortedDictionary<string, string>.Builder settings, CommandEnvironment environment)
    {
        if (settings.TryGetValue(FileSetting, out var table) && table.Length > 0)
        {
            settings[FileSetting] = environment.FullPath(table);
        }
    }

    private static long? Take(ImmutableSortedDictionary<string, string>.Builder settings, string key, long minimum, long maximum)
    {
        if (!settings.Remove(key, out var text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
            ? value
            : throw CommandException.Usage(
                $"{key} is a whole number from {minimum:N0}{(maximum == long.MaxValue ? " up" : $" to {maximum:N0}")}; received '{text}'. Give one in that range.");
    }

    private static ulong TakeSeed(ImmutableSortedDictionary<string, string>.Builder settings)
    {
        if (!settings.Remove("seed", out var text))
        {
            return 0;
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw CommandException.Usage($"seed is a whole number from 0 to {ulong.MaxValue}; received '{text}'. Give one in that range.");
    }

    private static Option<string?> Setting(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };
}
