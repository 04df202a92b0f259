using System.Globalization;

using Tempera.Client.Chaos.Links;

namespace Tempera.Client.Chaos.Faults;

/// <summary>
/// The disk under storage is nearly full: what is small may still fit, so that a checkpoint may be written in part; reading and deleting go on. What does not fit is
/// answered as Azurite does on a file system without room, by 500.
/// </summary>
internal sealed class FillDisk : IFault
{
    // A checkpoint of a rehearsal has some 60 kB.
    private const long MostRoom = 200_000;

    /// <inheritdoc/>
    public string Name => "disk-full";

    /// <inheritdoc/>
    public string Meaning => "storage has room for 0 to 200 kB more and refuses what does not fit, for 1 to 40 s";

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var disk = await cluster.Alone("disk", cancellationToken);
        var (length, bytes) = (draw.Between(1, 40), (long)(draw.Target * MostRoom));
        var room = new DiskRoom(bytes);
        SetRoom(cluster, room);
        try
        {
            await Task.Delay(length, cancellationToken);
        }
        finally
        {
            SetRoom(cluster, null);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000} kB left for {length.TotalSeconds:0.0} s, {room.Refused} writes refused");
    }

    private static void SetRoom(ChaosCluster cluster, DiskRoom? room)
    {
        foreach (var slot in cluster.Slots)
        {
            slot.Storage.Room = room;
        }
    }
}
