using System.Collections.Concurrent;

namespace Tempera.Grains.Training;

/// <summary>
/// One thread that runs the computations of one grain, in order, so that none runs on the scheduler's threads. A grain
/// awaits the result; its continuation is a turn of the grain, never of this thread.
/// </summary>
internal sealed class ComputeThread : IDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly Thread _thread;

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

    /// <summary>Lets the thread end after what it was asked for; does not wait.</summary>
    public void Dispose() => _queue.CompleteAdding();

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
