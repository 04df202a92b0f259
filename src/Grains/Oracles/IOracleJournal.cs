using Tempera.Model.Oracles;

namespace Tempera.Grains.Oracles;

/// <summary>
/// A record of what evaluators pay for and of what they acknowledge, kept outside a campaign's storage, so that the two can be
/// compared after an accident.
/// </summary>
/// <remarks>Called from any thread. What throws fails the round, as a failing oracle does.</remarks>
public interface IOracleJournal
{
    /// <summary>The oracle that an evaluator calls in place of another; it gives the same scores under the same version.</summary>
    /// <param name="oracle">The oracle.</param>
    /// <param name="campaign">Campaign id.</param>
    /// <param name="epoch">Lease epoch of the evaluator; 0 for reading only.</param>
    IOracle Witness(IOracle oracle, string campaign, long epoch);

    /// <summary>Told when the scores of a round's objects are in the evaluation log, before anybody learns them.</summary>
    /// <param name="campaign">Campaign id.</param>
    /// <param name="epoch">Lease epoch of the evaluator.</param>
    /// <param name="round">Round that proposed the objects; 0 for a searcher's.</param>
    /// <param name="objects">Packed terminal objects.</param>
    void Acknowledge(string campaign, long epoch, int round, ReadOnlySpan<UInt128> objects);
}
