using System.Collections.Immutable;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Oracles;
using Tempera.Contracts.Replay;
using Tempera.Contracts.Searching;
using Tempera.Contracts.Training;
using Tempera.Grains.Searching;
using Tempera.Grains.Telemetry;

namespace Tempera.Grains.Campaigns;

/// <content>Rounds with searchers: they sample and score at their own pace, and a round learns from what has come back.</content>
internal sealed partial class CampaignSession
{
    private SearchParty? _search;
    private Task<int>? _publishing;

    /// <summary>The searchers; none without any.</summary>
    public ImmutableArray<SearcherStatus> Searchers => _search?.Status() ?? [];

    /// <summary>Gives up the searches that are under way; the next round asks for them again.</summary>
    public void SuspendSearch() => _search?.Suspend();

    private void OpenSearch(SearchProgress? progress)
    {
        if (Epoch > 0 && _resolved.Settings.Search.Searchers > 0)
        {
            _search = new SearchParty(_services, Members, _resolved, Epoch, progress, _services.Loggers.CreateLogger(typeof(SearchParty).FullName!));
        }
    }

    private async Task FlushSearch()
    {
        if (_search is not null)
        {
            await Members.Shards(_resolved.Settings.Search.Searchers).Flush();
        }
    }

    private async Task<CampaignEvent> RunSearchedRound(SearchParty search, int target)
    {
        var (campaign, round, before, started) = (_document.Id, Counters.Round + 1, Counters, _services.Time.GetTimestamp());
        await Publish(search);
        var harvest = await Traced(SpanNames.Harvest, () => search.Harvest(new SearchPoint(round, target - before.Round, before.OracleCalls)));
        _services.Telemetry.RecordSearchWait(campaign, _services.Time.GetElapsedTime(started).TotalSeconds);
        var (objects, betas, scores) = (harvest.Objects, harvest.Betas, harvest.Scores);
        await Traced(SpanNames.Evaluate, async () =>
        {
            await Members.Oracle.Record(new OracleRecord(round, objects, betas, scores));
            return true;
        });
        var report = await Traced(SpanNames.Append, () => Members.Replay.Append(new ReplayAppend(round, objects, betas, scores)));
        var draw = await Members.Replay.Draw(round);
        var learned = await Traced(SpanNames.Learn, () => Members.Trainer.LearnSearched(new SearchedRound(
            new ProposeRequest(round, before.OracleCalls, before.Modes), harvest.States, harvest.Lengths, betas, scores, draw.Objects, draw.Scores)));
        search.Commit(round, harvest, draw.Scores.Length / sizeof(double));
        Counters = new CampaignCounters(round, report.Objects, report.Modes, report.BestScore, report.BestObject);
        var committed = Event(betas, report, learned) with
        {
            Searched = harvest.Count,
            PolicyAge = harvest.PolicyAge,
            SearchesUnderWay = harvest.UnderWay,
        };
        _services.Telemetry.RecordRound(campaign, committed, report.Modes - before.Modes, _services.Time.GetElapsedTime(started).TotalSeconds);
        return committed;
    }

    // A policy is published while rounds go on; a round waits for it only when searches could not begin with the one before.
    private async Task Publish(SearchParty search)
    {
        if (_publishing is { IsCompleted: true } || (_publishing is not null && (search.PolicyRound is not { } known || search.IsTooOld(Counters.Round + 1, known))))
        {
            search.PolicyRound = await _publishing;
            _publishing = null;
        }

        if (_publishing is null && (search.PolicyRound is not { } newest || Counters.Round - newest >= _resolved.Settings.Search.PublishEvery))
        {
            _publishing = Members.Trainer.Publish();
            if (search.PolicyRound is not { } policy || search.IsTooOld(Counters.Round + 1, policy))
            {
                search.PolicyRound = await _publishing;
                _publishing = null;
            }
        }
    }
}
