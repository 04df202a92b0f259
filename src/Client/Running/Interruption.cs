using Tempera.Client.CommandLine;

namespace Tempera.Client.Running;

/// <summary>
/// The interruptions of one run: the first asks for a clean stop, the second ends the process at once. Nothing durable is
/// lost by the second: storage is written before it is acknowledged.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly IDisposable _subscription;
    private readonly CommandEnvironment _environment;
    private int _count;

    /// <summary>Starts to listen.</summary>
    public Interruption(CommandEnvironment environment)
    {
        _environment = environment;
        _subscription = environment.Interruptions.Listen(OnInterruption);
    }

    /// <summary>Cancelled by the first interruption.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription.Dispose();
        _requested.Dispose();
    }

    private void OnInterruption()
    {
        if (Interlocked.Increment(ref _count) == 1)
        {
            _requested.Cancel();
        }
        else
        {
            _environment.Exit(ExitCode.Interrupted);
        }
    }
}
