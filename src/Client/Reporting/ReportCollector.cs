using System.Collections.Immutable;

using Tempera.Client.Commands;
using Tempera.Client.Directories;
using Tempera.Client.Engine;
using Tempera.Client.Exports;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Reporting;

/// <summary>Gathers what a report shows from a run directory and its campaign.</summary>
internal sealed class ReportCollector(IEngineHost engine, int samples)
{
    private const int CurvePoints = 49;
    private const int BestObjects = 20;

    /// <summary>Gathers one campaign.</summary>
    public async Task<CampaignReport> Collect(RunDirectory directory, string label, RunConfiguration configuration, ICampaignGrain campaign)
    {
        var snapshot = await campaign.Status();
        var settings = configuration.Specification.Settings;
        var trace = EventTrace.Of(EventLog.Read(directory.EventsFile, snapshot.Round), snapshot.Round);
        var betas = EvaluateCommand.BetasOf(configuration.Specification);
        var (low, high) = (Math.Min(betas.Min(), (float)trace.BetaRange.Minimum), Math.Max(betas.Max(), (float)trace.BetaRange.Maximum));
        var curves = await campaign.TemperatureCurves(Math.Max(low / 2, 0.01f), high * 1.5f, CurvePoints);

        // A baseline without a policy has no curves, and nothing to draw from or to evaluate.
        var policyBetas = curves.Betas.IsEmpty ? [] : betas;
        return new CampaignReport
        {
            Label = label,
            Directory = directory,
            Configuration = configuration,
            Snapshot = snapshot,
            Task = engine.Describe(configuration.Specification.Task, settings),
            Target = engine.Target(configuration.Specification.Task, settings),
            Trace = trace,
            Discovery = await Discovery.Of(campaign, EvaluationsParquet.All(campaign)),
            Modes = [.. ModesTable.BestFirst(await campaign.Modes())],
            Best = await Best(campaign),
            Samples = await Samples(campaign, policyBetas),
            Evaluations = policyBetas.IsEmpty ? [] : await campaign.Evaluate(new EvaluateRequest(policyBetas, samples, 0)),
            Curves = curves,
        };
    }

    private async Task<IReadOnlyList<SampleResult>> Samples(ICampaignGrain campaign, ImmutableArray<float> betas)
    {
        var drawn = new List<SampleResult>();
        foreach (var beta in betas)
        {
            drawn.Add(await campaign.Sample(new SampleRequest(beta, samples, 0, Score: true)));
        }

        return drawn;
    }

    private static async Task<IReadOnlyList<EvaluatedObject>> Best(ICampaignGrain campaign)
    {
        var best = new PriorityQueue<EvaluatedObject, double>();
        await foreach (var item in EvaluationsParquet.All(campaign))
        {
            best.Enqueue(item, item.Score);
            if (best.Count > BestObjects)
            {
                best.Dequeue();
            }
        }

        return [.. best.UnorderedItems.Select(static entry => entry.Element).OrderByDescending(static item => item.Score).ThenBy(static item => item.Round)];
    }
}
