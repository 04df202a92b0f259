using Tempera.Contracts.Campaigns;
using Tempera.Silo.Data;
using Tempera.Silo.Embedding;
using Tempera.Silo.Tools;

namespace Tempera.Client.Engine;

/// <summary>The engine of this process: an embedded silo for campaigns, and the silo's tools.</summary>
internal sealed class SiloEngineHost : IEngineHost
{
    /// <inheritdoc/>
    public IReadOnlyList<TaskSummary> Tasks() => TaskTools.List();

    /// <inheritdoc/>
    public IReadOnlyList<SettingSummary> Settings() => TaskTools.Settings();

    /// <inheritdoc/>
    public IReadOnlyList<SettingSummary> Settings(string task) => TaskTools.Settings(task);

    /// <inheritdoc/>
    public CampaignSpecification Resolve(CampaignSpecification specification) => SpecificationTools.Resolve(specification);

    /// <inheritdoc/>
    public TaskSummary Describe(string task, IReadOnlyDictionary<string, string> settings) => TaskTools.Describe(task, settings);

    /// <inheritdoc/>
    public IObjectScorer OpenOracle(string task, IReadOnlyDictionary<string, string> settings) => new Scorer(OracleTool.Open(task, settings));

    /// <inheritdoc/>
    public ITargetFacts? Target(string task, IReadOnlyDictionary<string, string> settings) =>
        TargetTools.Describe(task, settings) is { } target ? new Facts(target) : null;

    /// <inheritdoc/>
    public async Task<ICampaignSession> Open(SessionRequest request, CancellationToken cancellationToken) =>
        new Session(await EmbeddedSilo.StartAsync(
            new EmbeddedSiloOptions
            {
                Directory = request.Directory,
                CampaignId = request.CampaignId,
                ReadOnly = request.ReadOnly,
                Logging = request.Verbose ? StandardErrorLogging.Add : null,
            },
            cancellationToken));

    /// <inheritdoc/>
    public IReadOnlyList<DeviceReport> Devices() => DeviceTools.Doctor();

    /// <inheritdoc/>
    public string Device(string device) => DeviceTools.Describe(device);

    /// <inheritdoc/>
    public IReadOnlyList<DataFileStatus> CheckData(string task)
    {
        using var client = new HttpClient();
        return new DataTools(TaskDataFolder.OfProcess(), client).Check(task);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DataFileStatus>> FetchData(string task, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        return await new DataTools(TaskDataFolder.OfProcess(), client).Fetch(task, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public RoundBenchmarkResult BenchmarkRound(RoundBenchmarkOptions options) => RoundBenchmark.Run(options);

    private sealed class Session(EmbeddedSilo silo) : ICampaignSession
    {
        public ICampaignGrain Campaign { get; } = silo.Campaign;

        public ValueTask DisposeAsync() => silo.DisposeAsync();
    }

    private sealed class Scorer(OracleTool oracle) : IObjectScorer
    {
        public bool TryScore(string text, out double score, out string? error) => oracle.TryScore(text, out score, out error);
    }

    private sealed class Facts(TargetSummary target) : ITargetFacts
    {
        public IReadOnlyList<double> Scores => target.Scores;

        public IReadOnlyList<long> Counts => target.Counts;

        public IReadOnlyList<int> ModeCounts => target.ModeCounts;

        public double LogZ(double beta) => target.LogZ(beta);

        public IReadOnlyList<double> Probabilities(double beta) => target.Probabilities(beta);

        public IReadOnlyList<PerfectSample> PerfectSampler(double betaMin, double betaMax, IReadOnlyList<double> draws) =>
            target.PerfectSampler(betaMin, betaMax, draws);
    }
}
