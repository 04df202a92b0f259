using Tempera.Contracts.Campaigns;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Storage;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

public sealed class CampaignWatchTests
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly MemoryBlobStore _blobs = new();
    private readonly CampaignEventLog _log;
    private readonly CampaignEventHub _hub = new(backlog: 3);

    public CampaignWatchTests() => _log = new CampaignEventLog(_blobs, new CampaignBlobs("x"));

    [Fact]
    public async Task History_comes_first_then_live_events_each_round_once()
    {
        await Commit(1, 2, 3);
        await using var watch = Watch(after: 1);
        Assert.Equal([2, 3], await Rounds(watch, 2));
        var next = watch.MoveNextAsync();
        await Commit(4);
        Assert.True(await next);
        Assert.Equal(4, watch.Current.Round);
    }

    [Fact]
    public async Task Silence_is_broken_by_heartbeats_that_carry_no_sequence()
    {
        await using var watch = Watch(after: 0);
        for (var i = 0; i < 3; i++)
        {
            var next = watch.MoveNextAsync().AsTask();
            await _time.Armed;
            Assert.False(next.IsCompleted);
            _time.Advance(Heartbeat);
            Assert.True(await next);
            Assert.Equal((CampaignEventKinds.Heartbeat, 0L), (watch.Current.Kind, watch.Current.Sequence));
        }

        var round = watch.MoveNextAsync().AsTask();
        await _time.Armed;
        await Commit(1);
        Assert.True(await round);
        Assert.Equal(1, watch.Current.Round);
    }

    [Fact]
    public async Task A_watcher_slower_than_the_backlog_reads_what_it_missed_from_the_log()
    {
        await using var watch = Watch(after: 0);
        var first = watch.MoveNextAsync();
        await Commit(1);
        Assert.True(await first);
        await Commit(2, 3, 4, 5, 6, 7, 8, 9);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], await Rounds(watch, 8));
    }

    [Fact]
    public async Task Rounds_that_are_run_again_after_a_restart_are_not_repeated()
    {
        await using var watch = Watch(after: 0);
        var first = watch.MoveNextAsync();
        await Commit(1);
        Assert.True(await first);
        await Commit(2);
        Assert.Equal([2], await Rounds(watch, 1));
        await _log.CutBack(1);
        await Commit(2, 3);
        Assert.Equal([3], await Rounds(watch, 1));
    }

    [Theory]
    [InlineData(CampaignState.Completed)]
    [InlineData(CampaignState.Failed)]
    [InlineData(CampaignState.Paused)]
    [InlineData(CampaignState.Cancelled)]
    public async Task The_state_that_ends_a_campaign_ends_the_watch_and_running_does_not(CampaignState state)
    {
        await using var watch = Watch(after: 0);
        var next = watch.MoveNextAsync();
        _hub.Publish(new CampaignEvent { Kind = CampaignEventKinds.State, State = CampaignState.Running });
        Assert.True(await next);
        _hub.Publish(new CampaignEvent { Kind = CampaignEventKinds.State, State = state });
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(state, watch.Current.State);
        Assert.False(await watch.MoveNextAsync());
    }

    [Fact]
    public async Task An_idle_campaign_gives_its_history_without_old_states_then_the_state_it_is_in()
    {
        await Commit(1);
        await _log.Append(new CampaignEvent { Kind = CampaignEventKinds.State, Sequence = 1, Round = 1, State = CampaignState.Completed });
        await Commit(2);
        var events = new List<CampaignEvent>();
        var end = new CampaignEvent { Kind = CampaignEventKinds.State, State = CampaignState.Paused };
        await foreach (var item in new CampaignWatch(_hub, _log, _time, Heartbeat).Events(0, () => end, CancellationToken.None))
        {
            events.Add(item);
        }

        Assert.Equal([CampaignEventKinds.Round, CampaignEventKinds.Round, CampaignEventKinds.State], events.Select(static item => item.Kind));
        Assert.Equal(CampaignState.Paused, events[^1].State);
    }

    [Fact]
    public async Task A_cancelled_watch_ends_and_lets_go_of_the_hub()
    {
        using var cancel = new CancellationTokenSource();
        var watch = Watch(after: 0, cancel.Token);
        var next = watch.MoveNextAsync().AsTask();
        await _time.Armed;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await watch.DisposeAsync();
        _hub.Complete(new InvalidOperationException("nobody hears this"));
    }

    [Fact]
    public async Task A_hub_that_ends_with_an_error_ends_its_watchers_with_it()
    {
        await using var watch = Watch(after: 0);
        var next = watch.MoveNextAsync().AsTask();
        await _time.Armed;
        _hub.Complete(new InvalidOperationException("taken over"));
        Assert.Contains("taken over", (await Assert.ThrowsAnyAsync<Exception>(() => next)).ToString());
    }

    [Fact]
    public async Task A_campaign_that_is_over_without_a_last_word_ends_the_watch_after_a_silence()
    {
        CampaignEvent? end = null;
        await using var watch = new CampaignWatch(_hub, _log, _time, Heartbeat).Events(0, () => end, CancellationToken.None).GetAsyncEnumerator();
        var next = watch.MoveNextAsync().AsTask();
        await _time.Armed;
        end = new CampaignEvent { Kind = CampaignEventKinds.State, State = CampaignState.Completed };
        _time.Advance(Heartbeat);

        Assert.True(await next);
        Assert.Same(end, watch.Current);
        Assert.False(await watch.MoveNextAsync());
    }

    private IAsyncEnumerator<CampaignEvent> Watch(long after, CancellationToken cancellationToken = default) =>
        new CampaignWatch(_hub, _log, _time, Heartbeat).Events(after, () => null, cancellationToken).GetAsyncEnumerator(cancellationToken);

    private async Task Commit(params int[] rounds)
    {
        foreach (var round in rounds)
        {
            var committed = new CampaignEvent { Kind = CampaignEventKinds.Round, Sequence = round, Round = round };
            await _log.Append(committed);
            _hub.Publish(committed);
        }
    }

    private static async Task<List<int>> Rounds(IAsyncEnumerator<CampaignEvent> watch, int count)
    {
        var rounds = new List<int>();
        while (rounds.Count < count && await watch.MoveNextAsync())
        {
            rounds.Add(watch.Current.Round);
        }

        return rounds;
    }
}
