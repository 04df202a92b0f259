using Tempera.Silo.Rehearsals;

namespace Tempera.Client.Chaos.Checks;

/// <summary>What the journals of oracle calls say about one campaign.</summary>
/// <param name="Paid">Objects that oracles were asked for, repeats counted.</param>
/// <param name="Acknowledged">Distinct objects whose score was acknowledged.</param>
/// <param name="InFlight">Objects paid for again whose score had not been acknowledged: the call was lost with its silo.</param>
/// <param name="PaidAgain">Objects paid for again after their score had been acknowledged, under the newest epoch then.</param>
/// <param name="PaidByOvertaken">The same by a silo that had been overtaken and did not know it yet.</param>
internal sealed record JournalAudit(int Paid, IReadOnlySet<string> Acknowledged, int InFlight, int PaidAgain, int PaidByOvertaken)
{
    /// <summary>Audits the entries of one campaign, in the order of time.</summary>
    public static JournalAudit Of(IEnumerable<OracleJournalEntry> entries)
    {
        var (paid, inFlight, again, overtaken) = (0, 0, 0, 0);
        var (asked, acknowledged) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var newest = 0L;
        foreach (var entry in entries)
        {
            if (entry.Kind == OracleJournalEntry.Acknowledged)
            {
                acknowledged.UnionWith(entry.Objects);
                newest = Math.Max(newest, entry.Epoch);
                continue;
            }

            foreach (var item in entry.Objects)
            {
                paid++;
                if (acknowledged.Contains(item))
                {
                    (again, overtaken) = entry.Epoch < newest ? (again, overtaken + 1) : (again + 1, overtaken);
                }
                else if (!asked.Add(item))
                {
                    inFlight++;
                }
            }
        }

        return new JournalAudit(paid, acknowledged, inFlight, again, overtaken);
    }
}
