namespace Tempera.Client.Chaos.Links;

/// <summary>Lets things through while it is open, and holds them back while it is shut.</summary>
internal sealed class Valve
{
    private volatile TaskCompletionSource _open = Opened();

    /// <summary>Completes when it is open.</summary>
    public Task Passage(CancellationToken cancellationToken) => _open.Task.WaitAsync(cancellationToken);

    /// <summary>Opens it.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Shuts it.</summary>
    public void Shut()
    {
        if (_open.Task.IsCompleted)
        {
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
