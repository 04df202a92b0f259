using Orleans.Runtime.MembershipService.SiloMetadata;

using Tempera.Grains.Accelerators;

namespace Tempera.Silo.Accelerators;

/// <summary>The GPUs that active silos announce in their metadata.</summary>
internal sealed class ClusterAcceleratorMap(ISiloStatusOracle silos, ISiloMetadataCache metadata) : IAcceleratorMap
{
    /// <inheritdoc/>
    public IReadOnlyList<SiloAccelerators> List() =>
        [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(Of).OfType<SiloAccelerators>().OrderBy(static silo => silo.Name, StringComparer.Ordinal)];

    private SiloAccelerators? Of(SiloAddress silo) =>
        metadata.GetSiloMetadata(silo).Metadata.TryGetValue(AcceleratorAnnouncement.MetadataKey, out var text)
        && AcceleratorAnnouncement.Parse(text) is { } announced
            ? new SiloAccelerators(silo, silos.TryGetSiloName(silo, out var name) ? name : silo.ToString(), announced.Count, announced.Bytes)
            : null;
}
