using Tempera.Grains.Training;

using Xunit;

namespace Tempera.Grains.Tests.Training;

public sealed class ComputeThreadTests
{
    [Fact]
    public async Task Computations_run_in_order_on_one_thread_that_is_not_of_the_pool()
    {
        using var thread = new ComputeThread("test");
        var seen = new List<(int Order, int Thread, bool Pool)>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => thread.Run(() =>
        {
            seen.Add((i, Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread));
            return i;
        })));
        Assert.Equal(Enumerable.Range(0, 100), seen.Select(static item => item.Order));
        Assert.Single(seen.Select(static item => item.Thread).Distinct());
        Assert.DoesNotContain(seen, static item => item.Pool);
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_and_the_thread_goes_on()
    {
        using var thread = new ComputeThread("test");
        await Assert.ThrowsAsync<InvalidOperationException>(() => thread.Run<int>(static () => throw new InvalidOperationException()));
        Assert.Equal(3, await thread.Run(static () => 3));
    }

    [Fact]
    public async Task A_continuation_never_runs_on_the_compute_thread()
    {
        using var thread = new ComputeThread("test");
        var compute = await thread.Run(static () => Environment.CurrentManagedThreadId);
        Assert.NotEqual(compute, Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task After_disposal_what_was_asked_for_is_done_and_nothing_more_is_taken()
    {
        var thread = new ComputeThread("test");
        using var gate = new ManualResetEventSlim();
        var last = thread.Run(() =>
        {
            gate.Wait();
            return 1;
        });
        thread.Dispose();
        gate.Set();
        Assert.Equal(1, await last);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => thread.Run(static () => 2));
    }

    [Fact]
    public async Task What_is_brief_comes_to_run_on_the_callers_thread_and_moves_away_when_it_no_longer_is()
    {
        using var thread = new ComputeThread("test");
        var compute = await thread.Run(static () => Environment.CurrentManagedThreadId);

        // The first one is not known to be brief; a long one is forgotten by the brief ones that follow, each forgetting an eighth.
        Assert.Equal(compute, await thread.RunBrief(static () => Environment.CurrentManagedThreadId));
        for (var i = 0; i < 1000 && await thread.RunBrief(static () => Environment.CurrentManagedThreadId) == compute; i++)
        {
        }

        Assert.NotEqual(compute, await thread.RunBrief(static () => Environment.CurrentManagedThreadId));
        await thread.RunBrief(static () => new ManualResetEventSlim().Wait(TimeSpan.FromMilliseconds(2)));
        Assert.Equal(compute, await thread.RunBrief(static () => Environment.CurrentManagedThreadId));
    }

    [Fact]
    public async Task A_brief_computation_fails_through_its_task_on_either_thread_and_not_after_disposal()
    {
        var thread = new ComputeThread("test");
        for (var i = 0; i < 1000; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => thread.RunBrief<int>(static () => throw new InvalidOperationException()));
        }

        thread.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => thread.RunBrief(static () => 2));
    }
}
