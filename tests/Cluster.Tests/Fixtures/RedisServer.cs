using Xunit;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>A real Redis on a free port that keeps nothing on disk, so that a restart is a wipe.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private const string Program = "/usr/bin/redis-server";

    private readonly int _port = Child.FreePort();
    private Child? _process;

    public static bool IsInstalled { get; } = File.Exists(Program);

    public const string Missing = "redis-server is not installed; run .ci/services";

    public string Configuration => $"127.0.0.1:{_port}";

    public async ValueTask InitializeAsync()
    {
        if (IsInstalled)
        {
            await Start();
        }
    }

    public async Task Start()
    {
        _process = Child.Start(Program, ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        await _process.Until(() => Wait.Listens(_port), TimeSpan.FromSeconds(30), "it listened");
    }

    /// <summary>Ends it at once and starts an empty one on the same port.</summary>
    public async Task Wipe()
    {
        await DisposeAsync();
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }
}
