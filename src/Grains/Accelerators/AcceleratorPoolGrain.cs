using Tempera.Contracts.Accelerators;
using Tempera.Grains.Hosting;

namespace Tempera.Grains.Accelerators;

/// <summary>The GPU memory of a cluster.</summary>
internal sealed class AcceleratorPoolGrain(CampaignServices services, IAcceleratorMap map) : Grain, IAcceleratorPoolGrain
{
    private readonly AcceleratorQueue _queue = new(services.Options.AcceleratorPatience);
    private readonly long _began = services.Time.GetTimestamp();

    /// <inheritdoc/>
    public Task<AcceleratorGrant> Claim(AcceleratorClaim claim) =>
        Task.FromResult(_queue.Claim(claim, map.List(), services.Time.GetElapsedTime(_began)));

    /// <inheritdoc/>
    public Task Release(string campaign)
    {
        _queue.Release(campaign);
        return Task.CompletedTask;
    }
}
