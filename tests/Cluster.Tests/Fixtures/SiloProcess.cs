using System.Globalization;
using System.Text.RegularExpressions;

using Xunit;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>A process of <c>tempera silo</c>.</summary>
internal sealed class SiloProcess(Child process, string name, int gatewayPort, int httpPort) : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public Child Process { get; } = process;

    public string Name { get; } = name;

    public string Gateway { get; } = $"127.0.0.1:{gatewayPort}";

    /// <summary>The program under test, as it was built.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "tempera");

    public static async Task<SiloProcess> Start(
        string name, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string>? environment = null)
    {
        while (true)
        {
            var (silo, http) = StartOnFreePorts(name, settings, environment ?? new Dictionary<string, string>());
            try
            {
                await silo.Process.Until(() => silo.Answers("/health/ready"), TimeSpan.FromSeconds(90), $"{name} was ready at port {http}");
                return silo;
            }
            catch (InvalidOperationException) when (silo.Process.Output.Contains("is taken", StringComparison.Ordinal))
            {
                // Somebody else was faster to one of the ports.
                await silo.DisposeAsync();
            }
        }
    }

    private static (SiloProcess Silo, int HttpPort) StartOnFreePorts(
        string name, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> environment)
    {
        var (silo, gateway, http) = (Child.FreePort(), Child.FreePort(), Child.FreePort());
        var all = new Dictionary<string, string>(settings)
        {
            ["name"] = name,
            ["silo_port"] = silo.ToString(CultureInfo.InvariantCulture),
            ["gateway_port"] = gateway.ToString(CultureInfo.InvariantCulture),
            ["http_port"] = http.ToString(CultureInfo.InvariantCulture),
            ["listen_address"] = "127.0.0.1",
            ["advertised_address"] = "127.0.0.1",
        };
        var variables = all.Select(static pair => KeyValuePair.Create("TEMPERA_SILO_" + pair.Key.ToUpperInvariant(), pair.Value)).Concat(environment);
        var child = Child.Start(Program, ["silo"], variables.ToDictionary());
        return (new SiloProcess(child, name, gateway, http), http);
    }

    /// <summary>Address and port of its page of metrics.</summary>
    public string HttpAddress { get; } = $"127.0.0.1:{httpPort}";

    /// <summary>True when it holds the trainer of a campaign, or did.</summary>
    public bool HasTrained(string campaign) => Process.Output.Contains($"Trainer of {campaign} opened", StringComparison.Ordinal);

    /// <summary>The newest epoch under which it opened a campaign's trainer.</summary>
    public long LastEpoch(string campaign) => Regex.Matches(Process.Output, $"Trainer of {Regex.Escape(campaign)} opened with epoch (\\d+)")
        .Select(static match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    /// <summary>True when a path of its HTTP port answers 200.</summary>
    public async Task<bool> Answers(string path)
    {
        try
        {
            return (await Http.GetAsync($"http://{HttpAddress}{path}")).IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Its page of metrics.</summary>
    public Task<string> Metrics() => Http.GetStringAsync($"http://{HttpAddress}/metrics");

    /// <summary>A counter's sum over all campaigns, from its page of metrics; 0 before the first count.</summary>
    public async Task<double> Counter(string name)
    {
        var text = await Metrics();
        Assert.Contains("# TYPE ", text);
        return text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
