using Tempera.Client.Engine;
using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Silo.Data;
using Tempera.Silo.Tools;

namespace Tempera.Client.Tests.Fakes;

/// <summary>An engine with two tasks and scripted campaigns, one a directory.</summary>
internal sealed class ScriptedEngine : IEngineHost
{
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["conditioning"] = "logit",
        ["parametrization"] = "ssr",
        ["objective"] = "tb",
        ["explore"] = "uniform:1,3",
        ["train"] = "uniform:1,3",
        ["width"] = "16",
        ["batch"] = "4",
        ["device"] = "cpu",
        ["threads"] = "0",
        ["target_beta"] = "1",
    };

    public Dictionary<string, ScriptedCampaign> Campaigns { get; } = [];

    public List<SessionRequest> Opened { get; } = [];

    public Action<ScriptedCampaign> Script { get; set; } = static _ => { };

    public string? BrokenDevice { get; set; }

    public ITargetFacts? Facts { get; set; } = new FixedTarget();

    public IReadOnlyList<DeviceReport> Devices() => [new("cpu", true, "cpu: vectors", null), new("cuda:0", false, "libtorch on an NVIDIA GPU", "There is no GPU. Use --device cpu.")];

    public string Device(string device) => device == BrokenDevice
        ? throw new TemperaException(TemperaError.Device, $"{device} needs a GPU. Use --device cpu.")
        : $"{device}: a device";

    public IReadOnlyList<TaskSummary> Tasks() => [Task("rna1"), Task("hypergrid")];

    public IReadOnlyList<SettingSummary> Settings() => [new("width", "128", "1..4096", "Hidden width.")];

    public IReadOnlyList<SettingSummary> Settings(string task) => task == "hypergrid" ? [new("side", "8", "2..256", "Cells of a side.")] : [];

    public CampaignSpecification Resolve(CampaignSpecification specification)
    {
        var settings = specification.Settings;
        foreach (var (key, value) in Defaults)
        {
            settings = settings.ContainsKey(key) ? settings : settings.Add(key, value);
        }

        foreach (var key in settings.Keys.Where(static key => !Defaults.ContainsKey(key)))
        {
            throw new TemperaException(TemperaError.InvalidSetting, $"A setting is one of those of `tempera run --help`; received '{key}'. Correct the name.");
        }

        return specification with { Rounds = specification.Rounds ?? 40, Settings = settings };
    }

    public TaskSummary Describe(string task, IReadOnlyDictionary<string, string> settings) => Task(task);

    public IObjectScorer OpenOracle(string task, IReadOnlyDictionary<string, string> settings) => new LetterCount();

    public ITargetFacts? Target(string task, IReadOnlyDictionary<string, string> settings) => Facts;

    public Task<ICampaignSession> Open(SessionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Opened.Add(request);
        if (!Campaigns.TryGetValue(request.Directory, out var campaign))
        {
            campaign = Campaigns[request.Directory] = new(request.Directory, request.CampaignId);
            Script(campaign);
        }

        return System.Threading.Tasks.Task.FromResult<ICampaignSession>(new Session(campaign));
    }

    public IReadOnlyList<DataFileStatus> Files { get; set; } = [];

    public IReadOnlyList<DataFileStatus> CheckData(string task) => Files;

    public Task<IReadOnlyList<DataFileStatus>> FetchData(string task, IProgress<long>? progress, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Task.FromResult(Files);

    public RoundBenchmarkResult BenchmarkRound(RoundBenchmarkOptions options) => throw new NotSupportedException();

    private static TaskSummary Task(string name) => new(name, "Test strings that count.", "nowhere", Math.Log(4096), 6, name + " count 1", 36, "test: every second round", 40, 16, 0.01, "fasta", []);

    private sealed class Session(ScriptedCampaign campaign) : ICampaignSession
    {
        public ICampaignGrain Campaign => campaign;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Scores a string of ACGU by its number of G.</summary>
    private sealed class LetterCount : IObjectScorer
    {
        public bool TryScore(string text, out double score, out string? error)
        {
            var wrong = text.AsSpan().IndexOfAnyExcept("ACGU");
            score = text.Count(static letter => letter == 'G');
            error = wrong < 0 ? null : $"An object has letters of ACGU; received '{text[wrong]}' at position {wrong + 1}. Replace it.";
            return wrong < 0;
        }
    }
}
