using System.Globalization;

namespace Tempera.Client.Chaos.Processes;

/// <summary>A real Redis that keeps what it has on disk, and forgets it when asked to.</summary>
internal sealed class RedisProcess(string program, string folder) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private Child? _process;

    /// <summary>Its port.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Process id.</summary>
    public int? Id => _process?.Id;

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "redis")).FullName;
        _process = Child.Start(
            program, ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", data, "--save", "", "--appendonly", "yes"],
            Path.Combine(folder, "redis.log"));
        await _process.Until(() => Ports.Listens(Port), Limit, "Redis listens", cancellationToken);
    }

    /// <summary>Ends it in good order.</summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        _process?.Send(Signal.Terminate);
        await (_process?.WaitForExit(Limit, cancellationToken) ?? Task.FromResult(true));
        await DisposeAsync();
    }

    /// <summary>Has it forget everything.</summary>
    public Task Wipe(CancellationToken cancellationToken) => Ports.Say(Port, "FLUSHALL\r\n", cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }
}
