namespace Tempera.Client.Running;

/// <summary>Delivers interruptions (Ctrl-C, SIGTERM) to whoever listens.</summary>
internal interface IInterruptionSource
{
    /// <summary>Calls back on every interruption until disposed; without a listener the process ends as usual.</summary>
    IDisposable Listen(Action onInterruption);
}
