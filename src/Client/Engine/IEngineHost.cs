using Tempera.Contracts.Campaigns;
using Tempera.Silo.Data;
using Tempera.Silo.Tools;

namespace Tempera.Client.Engine;

/// <summary>What the command line needs of the engine: tools that need no campaign, and campaigns in run directories.</summary>
internal interface IEngineHost
{
    /// <summary>The built-in tasks, in the order users see them.</summary>
    IReadOnlyList<TaskSummary> Tasks();

    /// <summary>The settings of every campaign.</summary>
    IReadOnlyList<SettingSummary> Settings();

    /// <summary>The settings that only one task has.</summary>
    IReadOnlyList<SettingSummary> Settings(string task);

    /// <summary>The specification with every default filled in.</summary>
    /// <exception cref="Contracts.Errors.TemperaException">A setting is wrong or the task unknown.</exception>
    CampaignSpecification Resolve(CampaignSpecification specification);

    /// <summary>One task under some settings, with its sizes.</summary>
    TaskSummary Describe(string task, IReadOnlyDictionary<string, string> settings);

    /// <summary>The oracle of a task.</summary>
    IObjectScorer OpenOracle(string task, IReadOnlyDictionary<string, string> settings);

    /// <summary>Exact facts about a task's target; null where there are none.</summary>
    ITargetFacts? Target(string task, IReadOnlyDictionary<string, string> settings);

    /// <summary>Opens the campaign of a run directory in an embedded silo.</summary>
    Task<ICampaignSession> Open(SessionRequest request, CancellationToken cancellationToken);

    /// <summary>What each compute device would do on this machine.</summary>
    IReadOnlyList<DeviceReport> Devices();

    /// <summary>The compute device of a campaign, for people.</summary>
    /// <exception cref="Contracts.Errors.TemperaException">It cannot be used here.</exception>
    string Device(string device);

    /// <summary>Where the data files of a task stand.</summary>
    IReadOnlyList<DataFileStatus> CheckData(string task);

    /// <summary>Downloads data files that are missing and have a public original; returns where all stand then.</summary>
    Task<IReadOnlyList<DataFileStatus>> FetchData(string task, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Times rounds of the learner without actors.</summary>
    RoundBenchmarkResult BenchmarkRound(RoundBenchmarkOptions options);
}
