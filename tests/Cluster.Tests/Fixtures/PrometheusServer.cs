using System.Globalization;
using System.Text.Json;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>A real Prometheus on a free port with an empty folder, which scrapes every second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus", Tool = "/usr/bin/promtool";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly string _folder;
    private readonly int _port;
    private readonly Child _process;

    private PrometheusServer(string folder, int port, Child process) => (_folder, _port, _process) = (folder, port, process);

    public static bool IsInstalled { get; } = File.Exists(Program) && File.Exists(Tool);

    public const string Missing = "prometheus is not installed; run .ci/services";

    public static async Task<PrometheusServer> Start(IEnumerable<string> targets)
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("tempera-prometheus-").FullName, Child.FreePort());
        var config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config,
            $"""
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
            scrape_configs:
              - job_name: tempera
                static_configs:
                  - targets: [{string.Join(", ", targets.Select(static target => $"'{target}'"))}]
            """);
        var process = Child.Start(Program,
        [
            $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn",
        ]);
        await process.Until(() => Wait.Listens(port), TimeSpan.FromSeconds(60), "Prometheus listened");
        return new PrometheusServer(folder, port, process);
    }

    /// <summary>How each target was when it was last scraped, by its address: up, down, unknown; with the error.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Targets() =>
        (await Ask("/api/v1/targets?state=active")).GetProperty("activeTargets").EnumerateArray().ToDictionary(
            static target => target.GetProperty("labels").GetProperty("instance").GetString()!,
            static target => $"{target.GetProperty("health").GetString()} {target.GetProperty("lastError").GetString()}".TrimEnd());

    /// <summary>The one number that an expression of PromQL has now; null when it has none.</summary>
    public async Task<double?> Query(string expression)
    {
        var result = (await Ask($"/api/v1/query?query={Uri.EscapeDataString(expression)}")).GetProperty("result");
        return result.GetArrayLength() == 0 ? null : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>What Prometheus' own tool has to say against a page of metrics; empty when it is clean.</summary>
    public static async Task<string> Check(string page)
    {
        await using var tool = Child.Start(Tool, ["check", "metrics"]);
        await tool.Feed(page);
        await tool.WaitForExit(TimeSpan.FromSeconds(60));
        return tool.Output;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonElement> Ask(string path)
    {
        using var answer = JsonDocument.Parse(await Http.GetStringAsync($"http://127.0.0.1:{_port}{path}"));
        return answer.RootElement.GetProperty("data").Clone();
    }
}
