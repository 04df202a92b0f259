using Tempera.Client.Cluster;
using Tempera.Silo.Storage.Azure;

using Xunit;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>Silos in processes of their own, and a client in this one.</summary>
/// <remarks>
/// Each cluster has a storage of its own: Azurite has 50 places for uploads, one of which is lost for good whenever a process is killed in
/// the middle of one, and without any it takes all further uploads and answers none.
/// </remarks>
internal sealed class RealCluster(string id, string redis, Azurite azurite) : IAsyncDisposable
{
    private readonly AzureStorageSettings _storage = azurite.NewContainer();
    private readonly List<SiloProcess> _silos = [];
    private AzureBlobStore? _blobs;
    private int _started;

    public AzureBlobStore Blobs => _blobs ??= new AzureBlobStore(_storage);

    /// <summary>Its storage, which the first silos start.</summary>
    public Azurite Azurite { get; } = azurite;

    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>The gateways of all silos that were started.</summary>
    public string Address => string.Join(',', _silos.Select(static silo => silo.Gateway));

    public string Id => id;

    private const int LastLines = 60;

    /// <summary>Further variables of silos and of command lines that are started from now on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    /// <summary>Forgets silos that have ended.</summary>
    public async Task Bury()
    {
        foreach (var silo in _silos.Where(static silo => silo.Process.HasExited).ToList())
        {
            await silo.DisposeAsync();
            _silos.Remove(silo);
        }
    }

    public async Task<RealCluster> Start(int silos, params (string Name, string Value)[] more)
    {
        if (_started == 0)
        {
            await Azurite.Start();
        }

        var settings = new Dictionary<string, string>
        {
            ["redis"] = redis,
            ["storage_connection_string"] = _storage.ConnectionString!,
            ["storage_container"] = _storage.Container,
            ["cluster_id"] = id,
            ["probe_period"] = "1",
            ["revive_interval"] = "1",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        _silos.AddRange(await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => SiloProcess.Start($"silo-{_started++}", settings, Environment))));
        return this;
    }

    public Task<IClusterConnection> Connect() =>
        new OrleansConnector().Connect(new ClusterAddress(Address, id), verbose: false, CancellationToken.None);

    /// <summary>The silo that holds a campaign's trainer, and the others.</summary>
    public async Task<(SiloProcess Owner, IReadOnlyList<SiloProcess> Others)> OwnerOf(string campaign)
    {
        await Wait.Until(
            () => Task.FromResult(_silos.Exists(silo => silo.HasTrained(campaign))), TimeSpan.FromSeconds(60), () => $"a trainer of {campaign}");
        var owner = _silos.Single(silo => silo.HasTrained(campaign));
        return (owner, [.. _silos.Where(silo => silo != owner)]);
    }

    /// <summary>Ends all silos at once, as a power cut would.</summary>
    public async Task KillAll()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _silos.Clear();
    }

    /// <summary>Runs a command line of <c>tempera</c> against this cluster.</summary>
    public async Task<(int Code, string Output)> Tempera(params string[] arguments)
    {
        await using var child = Child.Start(SiloProcess.Program, [.. arguments, "--cluster", Address, "--cluster-id", id], Environment);
        var code = await child.WaitForExit(TimeSpan.FromSeconds(120));
        return (code, child.Output);
    }

    /// <summary>Ends all silos; a test that failed shows what they printed last.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{silo.Name} at {silo.Gateway}, {(silo.Process.HasExited ? $"ended with {silo.Process.ExitCode}" : "alive")}:\n{string.Join('\n', silo.Process.Output.Split('\n').TakeLast(LastLines))}");
        }

        await KillAll();
        await Azurite.DisposeAsync();
    }
}
