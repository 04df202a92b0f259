namespace Tempera.Grains.Accelerators;

/// <summary>The GPUs that the silos of the cluster announce, as this silo knows them.</summary>
public interface IAcceleratorMap
{
    /// <summary>Active silos that have some, in the order of their names.</summary>
    IReadOnlyList<SiloAccelerators> List();
}

/// <summary>The GPUs of a silo.</summary>
/// <param name="Silo">Its address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many.</param>
/// <param name="Bytes">Memory of each.</param>
public sealed record SiloAccelerators(SiloAddress Silo, string Name, int Count, long Bytes);

/// <summary>A silo alone: there is nothing to choose from.</summary>
public sealed class NoAccelerators : IAcceleratorMap
{
    /// <inheritdoc/>
    public IReadOnlyList<SiloAccelerators> List() => [];
}
