using System.Collections.Immutable;

using Microsoft.Extensions.Logging;

using Tempera.Contracts.Searching;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Hosting;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tasks;
using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Tempera.Model.Searching;
using Tempera.Model.Settings;

namespace Tempera.Grains.Searching;

/// <summary>
/// A campaign's searchers as its rounds see them: keeps searches under way, hands what came back to the rounds, and says when a round may
/// go on without waiting.
/// </summary>
/// <remarks>
/// <para>Used in the campaign grain's turns only: each search is an asynchronous method on its scheduler that nobody awaits. A search that is lost is
/// asked for again under the same number; one that comes back after <see cref="Suspend"/> is dropped.</para>
/// <para>Age: a search begins only with a policy at most policy_age - search_ahead rounds old, a round begins only while no search under way is older, and
/// what has come back waits at most search_ahead rounds. So nothing is trained on that is older than policy_age.</para>
/// </remarks>
internal sealed partial class SearchParty
{
    private const int MaxFailures = 120;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly CampaignServices _services;
    private readonly CampaignMembers _members;
    private readonly ResolvedSpecification _resolved;
    private readonly SearchPace _pace;
    private readonly BetaLadder _ladder;
    private readonly RandomStreams _streams;
    private readonly SearcherSlot[] _slots;
    private readonly Queue<SearchResult> _ready = [];
    private readonly long _epoch;
    private readonly ILogger _logger;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _fault;
    private int _sitting;

    /// <summary>The searchers of a campaign, where a checkpoint left them.</summary>
    public SearchParty(CampaignServices services, CampaignMembers members, ResolvedSpecification resolved, long epoch, SearchProgress? progress, ILogger logger)
    {
        (_services, _members, _resolved, _epoch, _logger) = (services, members, resolved, epoch, logger);
        var explore = BetaScheduleParser.Parse(resolved.Settings.Explore, "explore");
        _pace = new SearchPace(resolved.Settings, resolved.Specification.Budget);
        _ladder = new BetaLadder(Settings, explore.Minimum, explore.Maximum);
        _streams = new RandomStreams(resolved.Specification.Seed);
        _slots = [.. Enumerable.Range(0, Settings.Searchers).Select(i => new SearcherSlot(i, progress?.Searches[i] ?? 0))];
        if (progress is not null)
        {
            _ladder.Restore(progress.Ladder);
            _pace.Limiter.Count(progress.Inserted, progress.Trained);
        }
    }

    /// <summary>Round of the newest published policy; null before the first of this epoch.</summary>
    public int? PolicyRound { get; set; }

    private SearchSettings Settings => _resolved.Settings.Search;

    private int UnderWay => _slots.Sum(static slot => slot.UnderWay);

    /// <summary>True when a policy is too old to begin a search with before a round.</summary>
    public bool IsTooOld(int round, int policyRound) => _pace.IsTooOld(round, policyRound);

    /// <summary>Waits until the next round may go on, keeping searches under way; then what has come back.</summary>
    /// <param name="progress">Where the campaign stands.</param>
    /// <exception cref="Exception">A searcher or a shard failed for good.</exception>
    public async Task<SearchHarvest> Harvest(SearchPoint progress)
    {
        while (true)
        {
            Raise();
            Ask(progress);
            var state = State();
            if (_pace.MayLearn(progress, state))
            {
                break;
            }

            await _changed.Task;
        }

        var (taken, count) = (new List<SearchResult>(), 0);
        while (_ready.TryPeek(out var next) && count + next.Count <= _pace.RoundSize)
        {
            taken.Add(_ready.Dequeue());
            count += next.Count;
        }

        var age = taken.Count == 0 ? null : (int?)taken.Max(result => progress.Round - 1 - result.PolicyRound);
        var harvest = new SearchHarvest(taken, age, UnderWay);
        _pace.Taken = count;
        Ask(progress with { Rounds = progress.Rounds - 1 });
        return harvest;
    }

    /// <summary>Takes a committed round into account.</summary>
    public void Commit(int round, SearchHarvest harvest, int replayed)
    {
        _pace.Limiter.Count(harvest.Count, harvest.Count + replayed);
        _pace.Taken = 0;
        foreach (var result in harvest.Results)
        {
            var logRewards = Packed.Doubles(result.Report.Scores).ToArray().Select(_resolved.Task.Reward.LogReward).ToArray();
            _ladder.Observe(result.Searcher, logRewards);
            _slots[result.Searcher].Commit();
            _slots[result.Searcher].PolicyAge = round - 1 - result.PolicyRound;
        }

        _ladder.Advance(round, _streams);
    }

    /// <summary>Gives up what is under way and what was not committed: it is drawn again when the campaign goes on.</summary>
    public void Suspend()
    {
        _sitting++;
        _ready.Clear();
        (_pace.Taken, _fault) = (0, null);
        foreach (var slot in _slots)
        {
            slot.Forget();
        }

        Signal();
    }

    /// <summary>What a checkpoint keeps.</summary>
    public SearchProgress Capture() => new()
    {
        Searches = [.. _slots.Select(static slot => slot.Committed)],
        Ladder = _ladder.Capture(),
        Inserted = _pace.Limiter.Inserted,
        Trained = _pace.Limiter.Trained,
    };

    /// <summary>The searchers as people see them.</summary>
    public ImmutableArray<SearcherStatus> Status() => [.. _slots.Select(slot => slot.Status(_ladder.Beta(slot.Index)))];

    private SearchState State() => new(
        UnderWay * _pace.SearchSize, _ready.Sum(static result => result.Count), _slots.Min(static slot => slot.OldestPolicy));

    private void Ask(SearchPoint progress)
    {
        while (PolicyRound is { } policy && _pace.MayAsk(progress, State(), policy))
        {
            var slot = _slots.MinBy(static slot => (slot.UnderWay, slot.Asked))!;
            _ = Search(slot, slot.Ask(), policy);
        }
    }

    // The beta stays when a search is asked for again; the policy becomes the newest.
    private async Task Search(SearcherSlot slot, int sequence, int policy)
    {
        var (sitting, beta, failures) = (_sitting, _ladder.Beta(slot.Index), 0);
        slot.Sample(sequence, policy);
        while (sitting == _sitting)
        {
            try
            {
                var report = await _members.Searcher(slot.Index).Search(new SearchRequest(_resolved.Specification, _epoch, slot.Index, sequence, beta, policy));
                if (report is null)
                {
                    failures = 0;
                    continue;
                }

                if (sitting == _sitting)
                {
                    foreach (var result in slot.Return(new SearchResult(slot.Index, sequence, beta, policy, report)))
                    {
                        _ready.Enqueue(result);
                    }

                    Signal();
                }

                return;
            }
            catch (Exception exception)
            {
                if (sitting != _sitting)
                {
                    return;
                }

                if (!CampaignFault.IsLoss(exception) || ++failures >= MaxFailures)
                {
                    _fault ??= exception;
                    Signal();
                    return;
                }

                if (failures == 1)
                {
                    LogAgain(_logger, slot.Index, sequence, exception.GetType().Name);
                }
            }

            await Task.Delay(Pause, _services.Time);
            if (sitting == _sitting)
            {
                policy = PolicyRound ?? policy;
                slot.Sample(sequence, policy);
            }
        }
    }

    private void Raise()
    {
        if (_fault is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Search {Sequence} of searcher {Searcher} was lost and is asked for again: {Reason}")]
    private static partial void LogAgain(ILogger logger, int searcher, int sequence, string reason);
}
