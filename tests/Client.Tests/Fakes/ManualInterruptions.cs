using Tempera.Client.Running;

namespace Tempera.Client.Tests.Fakes;

/// <summary>Interruptions that a test sends.</summary>
internal sealed class ManualInterruptions : IInterruptionSource
{
    private Action? _listener;

    public IDisposable Listen(Action onInterruption)
    {
        _listener = onInterruption;
        return new Subscription(this);
    }

    public void Send() => _listener?.Invoke();

    private sealed class Subscription(ManualInterruptions owner) : IDisposable
    {
        public void Dispose() => owner._listener = null;
    }
}
