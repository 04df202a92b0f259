namespace Tempera.Client.Running;

/// <summary>Delivers interruptions (Ctrl-C, SIGTERM) to all who listen.</summary>
internal interface IInterruptionSource
{
    /// <summary>Calls back on every interruption until disposed; without a listener the process ends as usual.</summary>
    IDisposable Listen(Action onInterruption);
}
