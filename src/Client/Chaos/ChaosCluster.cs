using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

using Tempera.Client.Chaos.Faults;
using Tempera.Client.Chaos.Processes;
using Tempera.Client.Cluster;
using Tempera.Client.CommandLine;
using Tempera.Silo.Storage.Azure;

namespace Tempera.Client.Chaos;

/// <summary>Redis, Azurite and silos in processes of their own, on loopback, with links that can be cut.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    /// <summary>Its id.</summary>
    public const string Id = "rehearsal";

    private const int MaxStarts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ChaosOptions _options;
    private readonly SiloProgram _program = SiloProgram.OfThis();
    private readonly SemaphoreSlim _healing = new(1, 1);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _alone = new(StringComparer.Ordinal);
    private readonly HashSet<SiloProcess> _taken = [];

    // Replaced as wholes, so that others may read them meanwhile.
    private ImmutableArray<SiloProcess> _silos = [];
    private ImmutableArray<SiloSlot> _slots = [];
    private int _started;

    /// <summary>A cluster that has not been started.</summary>
    public ChaosCluster(ChaosOptions options)
    {
        _options = options;
        Redis = new RedisProcess(options.RedisServer, options.Folder);
        Azurite = new AzuriteProcess(options.Azurite, options.Folder);
    }

    /// <summary>Redis.</summary>
    public RedisProcess Redis { get; }

    /// <summary>Azurite.</summary>
    public AzuriteProcess Azurite { get; }

    /// <summary>The places of silos.</summary>
    public IReadOnlyList<SiloSlot> Slots => _slots;

    /// <summary>The silos that have not been given up.</summary>
    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>Silos that were started.</summary>
    public int Started => _started;

    /// <summary>The container, reached without a detour.</summary>
    public AzureStorageSettings Storage => AzuriteProcess.Storage(Azurite.Port);

    /// <summary>Folder of the journals of oracle calls.</summary>
    public string Journals => Path.Combine(_options.Folder, "journals");

    /// <summary>Starts everything.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        await Redis.Start(cancellationToken);
        await Azurite.Start(cancellationToken);
        _slots = [.. await Task.WhenAll(Enumerable.Range(0, _options.Silos).Select(index => SiloSlot.Open(index, Redis.Port, Azurite.Port, cancellationToken)))];
        await Heal(cancellationToken);
    }

    /// <summary>A client, by the gateways of all places.</summary>
    /// <exception cref="CommandException">No silo answers, asked again and again.</exception>
    public async Task<IClusterConnection> Connect(CancellationToken cancellationToken)
    {
        var address = new ClusterAddress(string.Join(',', _slots.Select(static slot => $"{slot.Address}:{slot.GatewayPort}")), Id);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await new OrleansConnector().Connect(address, verbose: false, cancellationToken);
            }
            catch (CommandException) when (attempt < MaxStarts)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Picks a silo for a fault, once there is one that lives and suffers from no other fault; never the first one in a long rehearsal.
    /// </summary>
    public async Task<TakenSilo> Take(FaultDraw draw, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_taken)
            {
                var free = _silos.Where(silo => (!_options.IsLong || silo.Slot.Index > 0) && !silo.Process.HasExited && !_taken.Contains(silo)).ToList();
                if (free.Count > 0)
                {
                    var silo = draw.Pick(free);
                    _taken.Add(silo);
                    return new TakenSilo(silo, () => GiveBack(silo));
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Waits until no other fault has hold of something that all silos share.</summary>
    public async Task<IDisposable> Alone(string what, CancellationToken cancellationToken)
    {
        var semaphore = _alone.GetOrAdd(what, static _ => new SemaphoreSlim(1, 1));
        await semaphore.WaitAsync(cancellationToken);
        return new Release(semaphore);
    }

    /// <summary>Starts a silo in each place whose silo has ended.</summary>
    public async Task Heal(CancellationToken cancellationToken)
    {
        await _healing.WaitAsync(cancellationToken);
        try
        {
            foreach (var silo in _silos.Where(static silo => silo.Process.HasExited))
            {
                _silos = _silos.Remove(silo);
                await silo.DisposeAsync();
            }

            var empty = _slots.Except(_silos.Select(static silo => silo.Slot)).ToList();
            await Task.WhenAll(empty.Select(async slot =>
            {
                // Each at once: another's may be given up, and whatever has been started must be ended too.
                var started = await StartSilo(slot, cancellationToken);
                ImmutableInterlocked.Update(ref _silos, static (silos, silo) => silos.Add(silo), started);
            }));
        }
        finally
        {
            _healing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        foreach (var slot in _slots)
        {
            await slot.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await Azurite.DisposeAsync();
        _healing.Dispose();
    }

    private void GiveBack(SiloProcess silo)
    {
        lock (_taken)
        {
            _taken.Remove(silo);
        }
    }

    // A silo that is started while storage or Redis is away gives up; whoever runs it starts it again.
    private async Task<SiloProcess> StartSilo(SiloSlot slot, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartSiloOnce(slot, cancellationToken);
            }
            catch (CommandException) when (attempt < MaxStarts)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private Task<SiloProcess> StartSiloOnce(SiloSlot slot, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>
        {
            ["storage_container"] = Storage.Container,
            ["cluster_id"] = Id,
            ["probe_period"] = "1",
            ["revive_interval"] = "1",
            ["oracle_journal"] = Journals,
            ["oracle_pause"] = _options.OraclePause.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        var name = string.Create(CultureInfo.InvariantCulture, $"silo-{slot.Index}-{Interlocked.Increment(ref _started):D4}");
        return SiloProcess.Start(slot, name, _program, settings, _options.Folder, _options.Kinds.Contains(JumpClock.Kind), cancellationToken);
    }

    private sealed class Release(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
