using Tempera.Contracts.Accelerators;
using Tempera.Grains.Hosting;
using Tempera.Grains.Tasks;
using Tempera.Model.Baselines;
using Tempera.Model.Settings;

namespace Tempera.Grains.Accelerators;

/// <summary>
/// One campaign's claim on a GPU. A campaign with <c>device=cuda</c> waits for one; with <c>auto</c> it runs on the CPU while it waits and moves at the
/// end of a round; with another device, or where no silo has a GPU, nothing is claimed.
/// </summary>
internal sealed class AcceleratorSeat(CampaignServices services, IGrainFactory grains, IAcceleratorMap map, string campaign)
{
    private long _asked;
    private bool _isClaiming;

    /// <summary>The GPU it holds; null for none.</summary>
    public AcceleratorPlace? Place { get; private set; }

    /// <summary>Its place in the queue, 1 for the next; 0 when it does not wait.</summary>
    public int Position { get; private set; }

    /// <summary>Claims a GPU, or says again that it is claimed. Returns at once.</summary>
    public async Task Claim(ResolvedSpecification resolved)
    {
        _isClaiming = Wants(resolved) && map.List().Count > 0;
        if (!_isClaiming)
        {
            await Release();
            return;
        }

        _asked = services.Time.GetTimestamp();
        var bytes = resolved.Settings.DeviceMemoryMib * 1024L * 1024;
        var grant = await grains.GetGrain<IAcceleratorPoolGrain>(0).Claim(new AcceleratorClaim(campaign, bytes, Place));
        (Place, Position) = (grant.Place, grant.Position);
    }

    /// <summary>
    /// Between rounds: claims again when it is time. True when the trainer should be opened anew, because a GPU has become free or is gone, or, after a silo
    /// with one has joined, to wait for it.
    /// </summary>
    public async Task<bool> HasChanged(ResolvedSpecification resolved)
    {
        if (!Wants(resolved) || services.Time.GetElapsedTime(_asked) < services.Options.AcceleratorPatience / 8)
        {
            return false;
        }

        var before = Place;
        await Claim(resolved);
        _asked = services.Time.GetTimestamp();
        return Place != before;
    }

    /// <summary>Gives the GPU up, or the wait for one.</summary>
    public async Task Release()
    {
        if (Place is not null || Position > 0)
        {
            (Place, Position) = (null, 0);
            await grains.GetGrain<IAcceleratorPoolGrain>(0).Release(campaign);
        }
    }

    /// <summary>True when the campaign must not run before it has a GPU.</summary>
    public bool MustWait(ResolvedSpecification resolved) =>
        _isClaiming && Place is null && Position > 0 && DeviceName.Parse(resolved.Settings.Device).Kind == DeviceKind.Cuda;

    /// <summary>The device for the trainer: that of the GPU it holds, and the CPU while it holds none of those there are.</summary>
    public string Device(ResolvedSpecification resolved)
    {
        var asked = DeviceName.Parse(resolved.Settings.Device);
        return !_isClaiming ? resolved.Settings.Device
            : Place is { } place && (place.Index > 0 || asked.Kind == DeviceKind.Cuda) ? new DeviceName(DeviceKind.Cuda, place.Index).ToString()
            : Place is null && asked.Kind == DeviceKind.Auto ? "cpu"
            : resolved.Settings.Device;
    }

    private static bool Wants(ResolvedSpecification resolved) => MethodCatalog.HasPolicy(resolved.Settings.Method)
        && DeviceName.Parse(resolved.Settings.Device).Kind is DeviceKind.Cuda or DeviceKind.Auto;
}
