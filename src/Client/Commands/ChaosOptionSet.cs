using System.CommandLine;
using System.Globalization;

using Tempera.Client.Chaos;
using Tempera.Client.Chaos.Faults;
using Tempera.Client.CommandLine;

namespace Tempera.Client.Commands;

/// <summary>The options of <c>tempera chaos</c>.</summary>
internal sealed class ChaosOptionSet
{
    private const int DefaultFaults = 20;

    private static readonly string DefaultAzurite = Path.Combine("artifacts", "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");

    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of kinds, moments, targets and lengths of the faults.", HelpName = "S" };
    private readonly Option<int?> _faults = new("--faults") { Description = $"Faults to inflict (default {DefaultFaults}, or as many as fit into --minutes).", HelpName = "N" };
    private readonly Option<double?> _minutes = new("--minutes") { Description = "Inflict faults for this long.", HelpName = "M" };
    private readonly Option<double> _period = new("--period") { Description = "Mean time between faults, 0.1 to 3600 s.", HelpName = "SECONDS", DefaultValueFactory = static _ => 4 };
    private readonly Option<int> _atOnce = new("--at-once") { Description = "Faults that may overlap, 1 to 9.", HelpName = "N", DefaultValueFactory = static _ => 1 };
    private readonly Option<string?> _kinds = new("--kinds") { Description = "Kinds of fault, separated by commas (default: all that this machine allows).", HelpName = "KIND,..." };
    private readonly Option<int> _silos = new("--silos") { Description = "Silos, 2 to 9.", HelpName = "N", DefaultValueFactory = static _ => 3 };
    private readonly Option<int> _campaigns = new("--campaigns") { Description = "Campaigns at the same time, 1 to 100; one that ends is followed by the next.", HelpName = "N", DefaultValueFactory = static _ => 4 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of a campaign, 1 to 100,000.", HelpName = "N", DefaultValueFactory = static _ => 400 };
    private readonly Option<double> _pause = new("--oracle-pause") { Description = "Shortest duration of an oracle call, 0 to 60 s.", HelpName = "SECONDS" };
    private readonly Option<bool> _long = new("--long") { Description = "Spare the first silo, keep one campaign from beginning to end, and write resources.csv every minute." };
    private readonly Option<string> _out = new("--out") { Description = "Folder of logs, journals and results (default runs/chaos-seedS); it must be new.", HelpName = "DIR" };
    private readonly Option<string> _redis = new("--redis-server") { Description = "Redis.", HelpName = "FILE", DefaultValueFactory = static _ => "redis-server" };
    private readonly Option<string> _azurite = new("--azurite") { Description = "Azurite's blob service: a program, or its main.js.", HelpName = "FILE", DefaultValueFactory = static _ => DefaultAzurite };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _seed, _faults, _minutes, _period, _atOnce, _kinds, _silos, _campaigns, _rounds, _pause, _long, _out, _redis, _azurite })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was typed.</summary>
    /// <exception cref="CommandException">A value is out of range, or what a rehearsal needs is not there.</exception>
    public ChaosOptions Read(ParseResult result, CommandEnvironment environment)
    {
        var (seed, minutes, isLong) = (result.GetValue(_seed), result.GetValue(_minutes), result.GetValue(_long));
        var azurite = result.GetValue(_azurite)!;
        return new ChaosOptions
        {
            Seed = seed,
            Faults = result.GetValue(_faults) is { } faults ? (int)InRange("--faults", faults, 1, 100_000) : minutes is null ? DefaultFaults : null,
            Duration = minutes is { } length ? TimeSpan.FromMinutes(InRange("--minutes", length, 0.1, 10_000)) : null,
            Period = TimeSpan.FromSeconds(InRange("--period", result.GetValue(_period), 0.1, 3600)),
            AtOnce = (int)InRange("--at-once", result.GetValue(_atOnce), 1, 9),
            Kinds = Kinds(result.GetValue(_kinds)),
            Silos = (int)InRange("--silos", result.GetValue(_silos), 2, 9),
            Campaigns = (int)InRange("--campaigns", result.GetValue(_campaigns), 1, 100),
            Rounds = (int)InRange("--rounds", result.GetValue(_rounds), 1, 100_000),
            OraclePause = TimeSpan.FromSeconds(InRange("--oracle-pause", result.GetValue(_pause), 0, 60)),
            IsLong = isLong,
            SampleEvery = isLong ? TimeSpan.FromMinutes(1) : null,
            Folder = NewFolder(environment.FullPath(result.GetValue(_out) ?? Path.Combine("runs", $"chaos-seed{seed}"))),
            RedisServer = result.GetValue(_redis)!,
            Azurite = azurite.EndsWith(".js", StringComparison.Ordinal) ? Existing(environment.FullPath(azurite), azurite) : azurite,
        };
    }

    private static double InRange(string name, double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? value
        : throw CommandException.Usage(string.Create(
            CultureInfo.InvariantCulture, $"{name} is a number from {minimum} to {maximum}; received '{value}'. Choose one in this range."));

    private static IReadOnlyList<string> Kinds(string? text)
    {
        if (text is null)
        {
            return [.. FaultCatalog.All.Where(static fault => fault.Unavailable is null).Select(static fault => fault.Name)];
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            var fault = FaultCatalog.All.FirstOrDefault(fault => fault.Name == name) ?? throw CommandException.Usage(
                $"--kinds are of {string.Join(", ", FaultCatalog.All.Select(static fault => fault.Name))}; received '{name}'. Choose some of these.");
            if (fault.Unavailable is { } reason)
            {
                throw CommandException.Usage($"--kinds are those that this machine allows; received '{name}', and {reason}. Install it, or leave the kind out.");
            }
        }

        return names.Length > 0 ? names : throw CommandException.Usage("--kinds names one kind of fault at least; received none. Name some, or leave the option out for all.");
    }

    private static string NewFolder(string path) => !Directory.Exists(path) && !File.Exists(path)
        ? Directory.CreateDirectory(path).FullName
        : throw CommandException.Usage($"--out names a folder that is new; '{path}' exists. Name another one, or delete it.");

    private static string Existing(string path, string typed) => File.Exists(path) ? path : throw CommandException.Usage(
        $"--azurite names Azurite's blob service; there is no file '{typed}'. Install it (npm install azurite, or .ci/services in a checkout) and name its dist/src/blob/main.js.");
}
