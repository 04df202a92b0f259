using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Tempera.Client.Running;

/// <summary>SIGINT and SIGTERM of this process. A signal is swallowed only while somebody listens.</summary>
internal sealed class SignalInterruptions : IInterruptionSource, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private ImmutableList<Subscription> _listeners = [];

    /// <summary>Registers for both signals.</summary>
    public SignalInterruptions()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
    }

    /// <inheritdoc/>
    public IDisposable Listen(Action onInterruption) => new Subscription(this, onInterruption);

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
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            context.Cancel = true;
            listener.OnInterruption();
        }
    }

    private sealed class Subscription : IDisposable
    {
        private readonly SignalInterruptions _owner;

        public Subscription(SignalInterruptions owner, Action onInterruption)
        {
            (_owner, OnInterruption) = (owner, onInterruption);
            ImmutableInterlocked.Update(ref owner._listeners, static (list, item) => list.Add(item), this);
        }

        public Action OnInterruption { get; }

        public void Dispose() => ImmutableInterlocked.Update(ref _owner._listeners, static (list, item) => list.Remove(item), this);
    }
}
