namespace Tempera.Contracts.Accelerators;

/// <summary>
/// The GPU memory of a cluster (key: 0): campaigns claim some of it, first come, first served, and say again every few seconds that they still do. What is
/// not said again is free. The pool keeps nothing: when it is lost, holders tell the next one what they hold.
/// </summary>
[Alias("tempera.accelerator-pool")]
public interface IAcceleratorPoolGrain : IGrainWithIntegerKey
{
    /// <summary>Claims memory, or says again that it is claimed or held; returns what the campaign has or how many are before it.</summary>
    [Alias("Claim")]
    Task<AcceleratorGrant> Claim(AcceleratorClaim claim);

    /// <summary>Gives up what a campaign holds or waits for.</summary>
    [Alias("Release")]
    Task Release(string campaign);
}
