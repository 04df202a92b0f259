using Tempera.Model.Oracles;

namespace Tempera.Grains.Oracles;

/// <summary>Records nothing.</summary>
internal sealed class NoOracleJournal : IOracleJournal
{
    /// <inheritdoc/>
    public IOracle Witness(IOracle oracle, string campaign, long epoch) => oracle;

    /// <inheritdoc/>
    public void Acknowledge(string campaign, long epoch, int round, ReadOnlySpan<UInt128> objects)
    {
    }
}
