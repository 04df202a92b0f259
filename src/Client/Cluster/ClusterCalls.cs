using Tempera.Client.CommandLine;
using Tempera.Contracts.Errors;

namespace Tempera.Client.Cluster;

/// <summary>
/// Calls across a cluster whose silos come and go. A call that is lost with a silo is made again, which is sound because every command
/// of a campaign is idempotent or carries a key.
/// </summary>
internal sealed class ClusterCalls(TimeProvider time)
{
    /// <summary>How long most calls are made again.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <summary>How long those are made again that may have to wait for a round to end or a campaign to open.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    // A call whose silo was killed is never answered, however long it may take otherwise.
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Makes a call until it is answered.</summary>
    /// <param name="call">The call.</param>
    /// <param name="patience">How long it is made again, for example <see cref="Usual"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TemperaException">The answer is an error.</exception>
    /// <exception cref="CommandException">Nobody answered for that long.</exception>
    public async Task<T> Ask<T>(Func<Task<T>> call, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call().WaitAsync(Each, time, cancellationToken);
            }
            catch (Exception error) when (IsLost(error) || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // A silo that found no place for the call in time answers that it was cancelled, which nobody here asked for.
                if (time.GetElapsedTime(started) + Pause > patience)
                {
                    throw Unanswered(error);
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>True when the outcome of a call is unknown because a silo, a connection or a writer was lost.</summary>
    public static bool IsLost(Exception error) => error is OrleansException or EnumerationAbortedException or TimeoutException or IOException
        || error is TemperaException { Code: TemperaError.StaleEpoch };

    /// <summary>The error when nobody answers.</summary>
    public static CommandException Unanswered(Exception error) => new(ExitCode.Unreachable,
        $"A cluster answers within a minute or two; this one did not ({error.Message.Split('\n')[0].TrimEnd('.')}). Check its silos, then run the command again: repeating it is safe.", error);
}
