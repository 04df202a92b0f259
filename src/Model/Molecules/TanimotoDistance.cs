using Tempera.Model.Modes;

namespace Tempera.Model.Molecules;

/// <summary>1 - Tanimoto similarity of the fingerprints of two molecules.</summary>
/// <param name="fingerprints">Gives the fingerprints.</param>
public sealed class TanimotoDistance(WindowFingerprints fingerprints) : IObjectDistance
{
    /// <inheritdoc/>
    public string Name => "Tanimoto distance";

    /// <inheritdoc/>
    public Func<int, int, double> Between(IReadOnlyList<UInt128> objects)
    {
        var prepared = objects.Select(fingerprints.Of).ToArray();
        return (i, j) => 1 - Fingerprint.Tanimoto(prepared[i], prepared[j]);
    }
}
