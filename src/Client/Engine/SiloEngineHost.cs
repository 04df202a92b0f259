using Tempera.Contracts.Campaigns;
using Tempera.Silo.Tools;

namespace Tempera.Client.Engine;

internal sealed class SiloEngineHost : IEngineHost
{
    public IReadOnlyList<TaskSummary> Tasks() => throw new NotSupportedException();
    public IReadOnlyList<SettingSummary> Settings() => throw new NotSupportedException();
    public CampaignSpecification Resolve(CampaignSpecification specification) => throw new NotSupportedException();
    public TaskSummary Describe(string task, IReadOnlyDictionary<string, string> settings) => throw new NotSupportedException();
    public IObjectScorer OpenOracle(string task, IReadOnlyDictionary<string, string> settings) => throw new NotSupportedException();
    public ITargetFacts? Target(string task, IReadOnlyDictionary<string, string> settings) => throw new NotSupportedException();
    public Task<ICampaignSession> Open(SessionRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    public RoundBenchmarkResult BenchmarkRound(RoundBenchmarkOptions options) => throw new NotSupportedException();
}
