using System.Globalization;
using System.Net;

using StackExchange.Redis;

using Tempera.Contracts.Errors;
using Tempera.Silo.Accelerators;

namespace Tempera.Silo.Clustering;

/// <summary>The settings of a cluster member: names, ranges and defaults, in one place.</summary>
public static class ClusterSiloSettingCatalog
{
    /// <summary>What environment variables of settings begin with.</summary>
    public const string VariablePrefix = "TEMPERA_SILO_";

    private const string FileSuffix = "_file";

    /// <summary>All settings, in the order people see them.</summary>
    public static IReadOnlyList<ClusterSiloSetting> All { get; } =
    [
        Secret("redis", "", "StackExchange.Redis configuration, such as host:6379", "Redis that holds the membership. It may be lost.", static (s, v) => IsRedis(v) ? s with { Redis = v } : null),
        Secret("storage_connection_string", "", "connection string", "Storage account that holds all campaigns.", static (s, v) => s with { Storage = s.Storage with { ConnectionString = v } }),
        Text("storage_service", "", "https URL", "Blob endpoint reached by managed or workload identity, in place of a connection string.", static (s, v) => Uri.TryCreate(v, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? s with { Storage = s.Storage with { Service = uri } } : null),
        Text("storage_container", "tempera", "3 to 63 of a-z, 0-9 and '-'", "Container that holds all campaigns; made if it does not exist.", static (s, v) => IsContainer(v) ? s with { Storage = s.Storage with { Container = v } } : null),
        Text("cluster_id", "tempera", "1 to 64 characters", "Silos and clients with the same id find each other.", static (s, v) => v.Length is >= 1 and <= 64 ? s with { ClusterId = v } : null),
        Text("name", "the host's name", "1 to 100 characters", "Name of this silo among the others.", static (s, v) => v.Length is >= 1 and <= 100 ? s with { Name = v } : null),
        Text("advertised_address", "one of this host's", "IP address", "Address that other silos and clients reach this one at.", static (s, v) => IPAddress.TryParse(v, out var ip) ? s with { AdvertisedAddress = ip } : null),
        Text("listen_address", "0.0.0.0", "IP address", "Address to listen on.", static (s, v) => IPAddress.TryParse(v, out var ip) ? s with { ListenAddress = ip } : null),
        Whole("silo_port", "11111", 1, 65535, "Port for other silos.", static (s, v) => s with { SiloPort = v }),
        Whole("gateway_port", "30000", 1, 65535, "Port for clients.", static (s, v) => s with { GatewayPort = v }),
        Whole("http_port", "8080", 1, 65535, "Port for health and metrics.", static (s, v) => s with { HttpPort = v }),
        Text("accelerators", "auto", AcceleratorAnnouncement.Rule, "GPUs that this silo announces; auto asks the driver. Trainers are placed by it.", static (s, v) => v is "auto" or "none" || AcceleratorAnnouncement.Parse(v) is not null ? s with { Accelerators = v } : null),
        Whole("kept_checkpoints", "3", 1, 1000, "Good checkpoints kept of each campaign.", static (s, v) => s with { KeptCheckpoints = v }),
        Seconds("checkpoint_interval", "60", 1, 86_400, "Longest time between checkpoints of a running campaign, beside its own number of rounds.", static (s, v) => s with { CheckpointInterval = v }),
        Seconds("checkpoint_deadline", "60", 1, 3600, "Time that running campaigns have to reach a checkpoint when this silo is told to stop. The process needs 30 seconds more.", static (s, v) => s with { CheckpointDeadline = v }),
        Seconds("probe_period", "2", 0.1, 60, "Time between a silo's questions to its neighbours.", static (s, v) => s with { ProbePeriod = v }),
        Whole("missed_probes", "3", 1, 20, "Unanswered questions in a row after which a neighbour is suspected.", static (s, v) => s with { MissedProbes = v }),
        Seconds("revive_interval", "3", 0.1, 600, "Time between looks at campaigns that lost their silo.", static (s, v) => s with { ReviveInterval = v }),
        Text("oracle_journal", "", "folder", "Folder where this silo writes down every object that an oracle is asked for and every one whose score is acknowledged, outside the storage of campaigns.", static (s, v) => v.Length > 0 ? s with { OracleJournal = v } : null),
        Seconds("oracle_pause", "0", 0, 60, "Shortest duration of an oracle call, to rehearse a slow laboratory.", static (s, v) => s with { OraclePause = v }),
    ];

    /// <summary>The settings of texts by name; the rest have their defaults.</summary>
    /// <param name="texts">Values by name, and paths by a secret's name with <c>_file</c>.</param>
    /// <param name="readFile">Reads a file.</param>
    /// <exception cref="TemperaException">A name is unknown, a value out of range, or a setting is missing.</exception>
    public static ClusterSiloSettings Resolve(IReadOnlyDictionary<string, string> texts, Func<string, string> readFile)
    {
        var settings = new ClusterSiloSettings();
        foreach (var (name, text) in WithFiles(texts, readFile))
        {
            var setting = All.FirstOrDefault(setting => setting.Name == name) ?? throw Invalid(
                $"A silo has the settings {string.Join(", ", All.Select(static setting => setting.Name))}; received '{name}'. Correct the name.");
            settings = setting.Apply(settings, text) ?? throw Invalid(
                $"{name} is {setting.Range}; received {(setting.IsSecret ? "something else" : $"'{text}'")}. Correct it, or leave it out for the default{(setting.Default.Length > 0 ? $", {setting.Default}" : "")}.");
        }

        return Complete(settings);
    }

    private static ClusterSiloSettings Complete(ClusterSiloSettings settings)
    {
        if (settings.Redis.Length == 0)
        {
            throw Invalid("A silo joins a cluster through Redis; redis is not set. Set it, for example --set redis=localhost:6379 or TEMPERA_SILO_REDIS, or redis_file.");
        }

        if (settings.Storage.ConnectionString is null == settings.Storage.Service is null)
        {
            throw Invalid("Campaigns are kept in one storage account; storage_connection_string and storage_service are both set, or neither is. Set one of them.");
        }

        return settings;
    }

    private static IEnumerable<(string Name, string Text)> WithFiles(IReadOnlyDictionary<string, string> texts, Func<string, string> readFile)
    {
        foreach (var (name, text) in texts.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var secret = All.FirstOrDefault(setting => setting.IsSecret && setting.Name + FileSuffix == name);
            yield return secret is null ? (name, text) : (secret.Name, ReadSecret(name, text, readFile));
        }
    }

    private static string ReadSecret(string name, string path, Func<string, string> readFile)
    {
        try
        {
            return readFile(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"{name} names a file that this process may read; received '{path}' ({exception.Message}). Correct the path.");
        }
    }

    private static ClusterSiloSetting Text(
        string name, string fallback, string range, string meaning, Func<ClusterSiloSettings, string, ClusterSiloSettings?> apply) =>
        new(name, fallback, range, meaning) { Apply = apply };

    private static ClusterSiloSetting Secret(
        string name, string fallback, string range, string meaning, Func<ClusterSiloSettings, string, ClusterSiloSettings?> apply) =>
        new(name, fallback, range, meaning) { Apply = (settings, text) => text.Length > 0 ? apply(settings, text) : null, IsSecret = true };

    private static ClusterSiloSetting Whole(
        string name, string fallback, int minimum, int maximum, string meaning, Func<ClusterSiloSettings, int, ClusterSiloSettings> apply) =>
        new(name, fallback, string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"), meaning)
        {
            Apply = (settings, text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value >= minimum && value <= maximum ? apply(settings, value) : null,
        };

    private static ClusterSiloSetting Seconds(
        string name, string fallback, double minimum, double maximum, string meaning, Func<ClusterSiloSettings, TimeSpan, ClusterSiloSettings> apply) =>
        new(name, fallback, string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum} seconds"), meaning)
        {
            Apply = (settings, text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value >= minimum && value <= maximum ? apply(settings, TimeSpan.FromSeconds(value)) : null,
        };

    private static bool IsRedis(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsContainer(string text) => text is { Length: >= 3 and <= 63 }
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static TemperaException Invalid(string message) => new(TemperaError.InvalidSetting, message);
}
