using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tempera.Grains.Training;

/// <summary>
/// One thread that runs the computations of one grain, in order, so that none runs on the scheduler's threads. A grain
/// awaits the result; its continuation is a turn of the grain, never of this thread.
/// </summary>
internal sealed class ComputeThread : IDisposable
{
    /// <summary>Handing a computation over and back costs about as much as this many microseconds of work.</summary>
    private const long HandOverMicroseconds = 100;

    private readonly BlockingCollection<Action> _queue = [];
    private readonly Thread _thread;
    private long _recentTicks = Stopwatch.Frequency;

    /// <summary>Starts the thread.</summary>
    public ComputeThread(string name)
    {
        // The thread outlives the request that starts it, so it must not keep the request's context.
        using (ExecutionContext.SuppressFlow())
        {
            _thread = new Thread(Work) { Name = name, IsBackground = true };
            _thread.Start();
        }
    }

    /// <summary>Runs a computation on the thread after those asked for before.</summary>
    /// <exception cref="ObjectDisposedException">The thread has been stopped.</exception>
    public Task<T> Run<T>(Func<T> computation)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(() =>
            {
                try
                {
                    result.SetResult(computation());
                }
                catch (Exception exception)
                {
                    result.SetException(exception);
                }
            });
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(ComputeThread));
        }

        return result.Task;
    }

    /// <summary>
    /// Runs a computation that is often brief: at once on the caller's thread while such computations have lately been shorter
    /// than the hand-over to the thread would be, else as <see cref="Run"/>. One caller at a time.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The thread has been stopped.</exception>
    public Task<T> RunBrief<T>(Func<T> computation)
    {
        if (Volatile.Read(ref _recentTicks) > HandOverMicroseconds * Stopwatch.Frequency / 1_000_000)
        {
            return Run(() => Timed(computation));
        }

        ObjectDisposedException.ThrowIf(_queue.IsAddingCompleted, this);
        try
        {
            return Task.FromResult(Timed(computation));
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <summary>Lets the thread end after what it was asked for; does not wait.</summary>
    public void Dispose() => _queue.CompleteAdding();

    // A long one counts at once and is forgotten slowly: the caller's thread meets few of them.
    private T Timed<T>(Func<T> computation)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return computation();
        }
        finally
        {
            Volatile.Write(ref _recentTicks, Math.Max(Stopwatch.GetTimestamp() - started, _recentTicks / 8 * 7));
        }
    }

    private void Work()
    {
        using (_queue)
        {
            foreach (var computation in _queue.GetConsumingEnumerable())
            {
                computation();
            }
        }
    }
}
