using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tempera.Client.Chaos.Processes;

/// <summary>A process of <c>tempera silo</c>.</summary>
internal sealed partial class SiloProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly ConcurrentDictionary<string, long> _epochs = new(StringComparer.Ordinal);
    private readonly SiloSlot _slot;
    private readonly FakeTime? _clock;

    private SiloProcess(SiloSlot slot, string name, SiloProgram program, IReadOnlyDictionary<string, string> settings, string folder, bool ownClock)
    {
        (_slot, Name, Started) = (slot, name, Stopwatch.GetTimestamp());
        _clock = ownClock ? new FakeTime(Path.Combine(folder, name + ".clock")) : null;
        _clock?.Set(TimeSpan.Zero);
        var variables = settings.ToDictionary(static pair => "TEMPERA_SILO_" + pair.Key.ToUpperInvariant(), static pair => pair.Value);
        Process = Child.Start(
            program.File, [.. program.Arguments, "silo"], Path.Combine(folder, name + ".log"), variables.Concat(_clock?.Variables ?? []).ToDictionary(), OnLine);
    }

    /// <summary>The process.</summary>
    public Child Process { get; }

    /// <summary>Name of the silo.</summary>
    public string Name { get; }

    /// <summary>Where it lives.</summary>
    public SiloSlot Slot => _slot;

    /// <summary>When it was started, as a stopwatch's time stamp.</summary>
    public long Started { get; }

    /// <summary>Starts a silo and waits until it is ready.</summary>
    public static async Task<SiloProcess> Start(
        SiloSlot slot, string name, SiloProgram program, IReadOnlyDictionary<string, string> settings, string folder, bool ownClock, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(settings)
        {
            ["name"] = name,
            ["silo_port"] = slot.SiloPort.ToString(CultureInfo.InvariantCulture),
            ["gateway_port"] = slot.GatewayPort.ToString(CultureInfo.InvariantCulture),
            ["http_port"] = slot.HttpPort.ToString(CultureInfo.InvariantCulture),
            ["listen_address"] = "127.0.0.1",
            ["advertised_address"] = slot.Address.ToString(),
            ["redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{slot.Redis.Port}"),
            ["storage_connection_string"] = AzuriteProcess.Storage(slot.Storage.Port).ConnectionString!,
        };
        var silo = new SiloProcess(slot, name, program, all, folder, ownClock);
        try
        {
            await silo.Process.Until(() => silo.Answers("/health/ready"), TimeSpan.FromSeconds(120), $"{name} is ready", cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>The newest epoch under which it opened a campaign's trainer; 0 when it never did.</summary>
    public long LastEpoch(string campaign) => _epochs.GetValueOrDefault(campaign);

    /// <summary>Sets the distance of its wall clock from the machine's.</summary>
    public void SetClock(TimeSpan offset) => _clock?.Set(offset);

    /// <summary>True when a path of its HTTP port answers 200.</summary>
    public async Task<bool> Answers(string path)
    {
        try
        {
            using var answer = await Http.GetAsync($"http://127.0.0.1:{_slot.HttpPort}{path}");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private void OnLine(string line)
    {
        if (Opened().Match(line) is { Success: true } match)
        {
            _epochs[match.Groups[1].Value] = long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        }
    }

    [GeneratedRegex(@"Trainer of (\S+) opened with epoch (\d+)")]
    private static partial Regex Opened();
}
