using System.Runtime.InteropServices;

namespace Tempera.Client.Running;

/// <summary>SIGINT and SIGTERM of this process. A signal is swallowed only while somebody listens.</summary>
internal sealed class SignalInterruptions : IInterruptionSource, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private volatile Action? _listener;

    /// <summary>Registers for both signals.</summary>
    public SignalInterruptions()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
    }

    /// <inheritdoc/>
    public IDisposable Listen(Action onInterruption)
    {
        _listener = onInterruption;
        return new Subscription(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Handle(PosixSignalContext context)
    {
        if (_listener is { } listener)
        {
            context.Cancel = true;
            listener();
        }
    }

    private sealed class Subscription(SignalInterruptions owner) : IDisposable
    {
        public void Dispose() => owner._listener = null;
    }
}
