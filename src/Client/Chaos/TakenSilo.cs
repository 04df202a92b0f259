using Tempera.Client.Chaos.Processes;

namespace Tempera.Client.Chaos;

/// <summary>A silo that a fault has hold of; disposing gives it free.</summary>
/// <param name="silo">The silo.</param>
/// <param name="release">Gives it free.</param>
internal sealed class TakenSilo(SiloProcess silo, Action release) : IDisposable
{
    /// <summary>The silo.</summary>
    public SiloProcess Silo => silo;

    /// <inheritdoc/>
    public void Dispose() => release();
}
