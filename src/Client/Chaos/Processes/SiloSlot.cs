using System.Net;

using Tempera.Client.Chaos.Links;

namespace Tempera.Client.Chaos.Processes;

/// <summary>
/// A place for a silo, with an address of its own and links that can be cut: from other silos and from clients, to Redis and to storage.
/// Whoever takes the place over from a silo that has ended is reached the same way.
/// </summary>
internal sealed class SiloSlot : IAsyncDisposable
{
    private const int FirstAddress = 11;

    private readonly TcpRelay _silos, _clients;

    private SiloSlot(int index, int redis, StorageGate storage)
    {
        Index = index;
        Address = IPAddress.Parse($"127.0.0.{FirstAddress + index}");
        (SiloPort, GatewayPort, HttpPort) = (Ports.Free(), Ports.Free(), Ports.Free());
        _silos = Inbound(SiloPort);
        _clients = Inbound(GatewayPort);
        Redis = new TcpRelay(new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, redis));
        Storage = storage;
    }

    /// <summary>Number of the place, from 0.</summary>
    public int Index { get; }

    /// <summary>Address by which others reach the silo.</summary>
    public IPAddress Address { get; }

    /// <summary>Port for other silos.</summary>
    public int SiloPort { get; }

    /// <summary>Port for clients.</summary>
    public int GatewayPort { get; }

    /// <summary>Port for health and metrics.</summary>
    public int HttpPort { get; }

    /// <summary>Connections that other silos have opened; <see cref="TcpRelay.There"/> leads to this silo.</summary>
    public TcpRelay Silos => _silos;

    /// <summary>The way to Redis.</summary>
    public TcpRelay Redis { get; }

    /// <summary>The way to storage.</summary>
    public StorageGate Storage { get; }

    /// <summary>A place on free ports.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="redis">Port of Redis.</param>
    /// <param name="azurite">Port of Azurite.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SiloSlot> Open(int index, int redis, int azurite, CancellationToken cancellationToken) =>
        new(index, redis, await StorageGate.Open(Ports.Free(), azurite, cancellationToken));

    /// <summary>Heals every link.</summary>
    public void Heal()
    {
        foreach (var valve in new[] { _silos.There, _silos.Back, Redis.There, Redis.Back, Storage.There, Storage.Back })
        {
            valve.Open();
        }

        (Storage.Delay, Storage.Failing) = (TimeSpan.Zero, 0);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        await _clients.DisposeAsync();
        await Redis.DisposeAsync();
        await Storage.DisposeAsync();
    }

    private TcpRelay Inbound(int port) => new(new IPEndPoint(Address, port), new IPEndPoint(IPAddress.Loopback, port));
}
