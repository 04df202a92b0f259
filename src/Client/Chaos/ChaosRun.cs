using System.Diagnostics;

using Tempera.Client.Chaos.Checks;
using Tempera.Client.Chaos.Faults;
using Tempera.Client.Chaos.Load;
using Tempera.Silo.Rehearsals;

namespace Tempera.Client.Chaos;

/// <summary>A rehearsal: campaigns on real processes, faults at random moments, then the invariants.</summary>
internal sealed class ChaosRun(ChaosOptions options)
{
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(1);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Lock _plan = new();

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Runs it.</summary>
    /// <param name="onFault">Told each fault after it was inflicted, one at a time.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="CommandLine.CommandException">A process did not start or end as it should, or a campaign failed.</exception>
    public async Task<ChaosResult> Run(Action<FaultRecord> onFault, CancellationToken cancellationToken)
    {
        await using var cluster = new ChaosCluster(options);
        await cluster.Start(cancellationToken);
        var load = new ChaosLoad(options, cluster);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var healing = Watch(cluster, ending.Token);
        var sampling = options.SampleEvery is { } every ? new ResourceSampler(options, cluster).Run(every, ending.Token) : Task.CompletedTask;
        var campaigns = load.Run(ending.Token);
        try
        {
            var failing = Task.WhenAny(campaigns, healing).Unwrap();
            await (await Task.WhenAny(load.Begun, failing));
            var faults = await Inflict(cluster, failing, onFault, cancellationToken);
            load.Enough();
            await (await Task.WhenAny(campaigns, healing));
            await ending.CancelAsync();
            await Task.WhenAll(healing, sampling);
            return new ChaosResult(options.Seed, Elapsed.TotalSeconds, cluster.Started, faults, await Judge(cluster, load.Ended));
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(healing, sampling, campaigns).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    // Does what an orchestrator does: whatever has ended is started again.
    private static async Task Watch(ChaosCluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await cluster.Heal(cancellationToken);
                await Task.Delay(Watching, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<IReadOnlyList<FaultRecord>> Inflict(
        ChaosCluster cluster, Task failing, Action<FaultRecord> onFault, CancellationToken cancellationToken)
    {
        var faults = new List<FaultRecord>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var plan = FaultPlan.Draw(options.Seed, options.Kinds).GetEnumerator();
        var lanes = Task.WhenAll(Enumerable.Range(0, options.AtOnce).Select(_ => Task.Run(
            async () =>
            {
                while (Next(plan) is { } draw)
                {
                    await Task.Delay(Pause(draw), ending.Token);
                    var (at, started) = (Elapsed, Stopwatch.GetTimestamp());
                    var detail = await FaultCatalog.Named(draw.Kind).Inflict(cluster, draw, ending.Token);
                    var record = new FaultRecord(draw.Number, draw.Kind, detail, at.TotalSeconds, Stopwatch.GetElapsedTime(started).TotalSeconds);
                    lock (_plan)
                    {
                        faults.Add(record);
                        onFault(record);
                    }
                }
            },
            ending.Token)));
        try
        {
            await (await Task.WhenAny(lanes, failing));
            return faults;
        }
        finally
        {
            // None may start a process after the cluster has been taken down.
            await ending.CancelAsync();
            await lanes.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private FaultDraw? Next(IEnumerator<FaultDraw> plan)
    {
        lock (_plan)
        {
            plan.MoveNext();
            return plan.Current.Number > options.Faults || Elapsed + Pause(plan.Current) > options.Duration ? null : plan.Current;
        }
    }

    private TimeSpan Pause(FaultDraw draw) => options.Period * (0.5 + draw.Moment);

    private async Task<IReadOnlyList<CampaignVerdict>> Judge(ChaosCluster cluster, IReadOnlyCollection<ChaosCampaign> campaigns)
    {
        var journal = OracleJournalEntry.ReadAll(cluster.Journals).ToLookup(static entry => entry.Campaign, StringComparer.Ordinal);
        var references = new ReferenceRuns(Path.Combine(options.Folder, "references"));
        var verdicts = new List<CampaignVerdict>();
        foreach (var campaign in campaigns.OrderBy(static campaign => campaign.Id, StringComparer.Ordinal))
        {
            verdicts.Add(CampaignVerdict.Of(
                campaign, await RehearsalEvidence.OfCluster(cluster.Storage, campaign.Id), JournalAudit.Of(journal[campaign.Id]),
                await references.Of(campaign.Specification, campaign.Rounds)));
        }

        return verdicts;
    }
}
