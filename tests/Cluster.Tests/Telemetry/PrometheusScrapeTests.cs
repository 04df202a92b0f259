using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;

using Xunit;

namespace Tempera.Cluster.Tests.Telemetry;

/// <summary>A real Prometheus scrapes real silos.</summary>
[Collection(ServicesCollection.Name)]
public sealed class PrometheusScrapeTests(Services services)
{
    private const string Id = "scraped";
    private const int Rounds = 60;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Prometheus_has_the_numbers_of_the_campaign_and_nothing_against_the_page()
    {
        Assert.SkipUnless(PrometheusServer.IsInstalled, PrometheusServer.Missing);
        await using var cluster = await services.NewCluster().Start(silos: 2);
        await using var prometheus = await PrometheusServer.Start(cluster.Silos.Select(static silo => silo.HttpAddress));
        await using var client = await cluster.Connect();
        var campaign = client.Campaign(Id);
        await campaign.Create(RunResult.Specification(Rounds));
        await campaign.Discover(new DiscoverRequest("all", Rounds));
        await foreach (var _ in Wait.Events(campaign, Limit))
        {
        }

        var end = await campaign.Status();
        Assert.Equal(CampaignState.Completed, end.State);
        var expected = new Dictionary<string, double>
        {
            [$"sum(up{{job=\"tempera\"}})"] = 2,
            [$"sum(tempera_rounds_total{Of})"] = Rounds,
            [$"sum(tempera_round_duration_seconds_count{Of})"] = Rounds,
            [$"sum(tempera_round_duration_seconds_bucket{{tempera_campaign=\"{Id}\",le=\"+Inf\"}})"] = Rounds,
            [$"sum(tempera_oracle_calls_total{Of})"] = end.OracleCalls,
            [$"sum(tempera_modes_discovered_total{Of})"] = end.Modes,
            [$"sum(tempera_replay_objects{Of})"] = end.OracleCalls,
            [$"sum(tempera_checkpoint_duration_seconds_count{Of})"] = 2,
        };
        foreach (var (expression, value) in expected)
        {
            double? got = null;
            await Wait.Until(async () => (got = await prometheus.Query(expression)) == value, TimeSpan.FromSeconds(30), () => $"{expression} = {value}; it is {got}");
        }

        Assert.All(await prometheus.Targets(), static target => Assert.Equal("up", target.Value));
        Assert.Equal(2, (await prometheus.Targets()).Count);
        Assert.InRange((await prometheus.Query("count({__name__=~\"orleans_.+\"})"))!.Value, 10, double.PositiveInfinity);
        Assert.InRange((await prometheus.Query($"sum(tempera_round_duration_seconds_sum{Of})"))!.Value, 1e-6, double.PositiveInfinity);
        foreach (var silo in cluster.Silos)
        {
            var page = await silo.Metrics();
            var found = await PrometheusServer.Check(page);
            Assert.True(found.Length == 0, $"{found}\n\n{page}");
        }
    }

    private static string Of => $"{{tempera_campaign=\"{Id}\"}}";
}
