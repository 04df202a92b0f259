namespace Tempera.Contracts.Accelerators;

/// <summary>Claims memory of a GPU for a campaign.</summary>
/// <param name="Campaign">Campaign id.</param>
/// <param name="Bytes">Memory it needs.</param>
/// <param name="Held">What it holds already, in the words of an earlier pool; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("tempera.accelerator-claim")]
public sealed record AcceleratorClaim([property: Id(0)] string Campaign, [property: Id(1)] long Bytes, [property: Id(2)] AcceleratorPlace? Held);

/// <summary>What a claim has come to.</summary>
/// <param name="Place">The GPU whose memory the campaign holds; null while it waits or where no GPU is large enough.</param>
/// <param name="Position">Campaigns before it in the queue and itself: 1 is the next. 0 when it does not wait.</param>
[GenerateSerializer, Immutable, Alias("tempera.accelerator-grant")]
public sealed record AcceleratorGrant([property: Id(0)] AcceleratorPlace? Place, [property: Id(1)] int Position);

/// <summary>A GPU of a silo.</summary>
/// <param name="Silo">Address of the silo.</param>
/// <param name="Name">Name of the silo.</param>
/// <param name="Index">Which of its GPUs, from 0.</param>
[GenerateSerializer, Immutable, Alias("tempera.accelerator-place")]
public sealed record AcceleratorPlace([property: Id(0)] SiloAddress Silo, [property: Id(1)] string Name, [property: Id(2)] int Index);
