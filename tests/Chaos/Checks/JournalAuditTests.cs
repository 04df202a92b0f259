using Tempera.Client.Chaos.Checks;
using Tempera.Silo.Rehearsals;

using Xunit;

namespace Tempera.Chaos.Checks;

/// <summary>What is counted as paid again, and what as lost in flight.</summary>
public sealed class JournalAuditTests
{
    [Fact]
    public void A_call_that_was_never_acknowledged_and_is_made_again_was_in_flight()
    {
        var audit = JournalAudit.Of([Paid(1, "a", "b"), Paid(2, "a", "b"), Acknowledged(2, "a", "b")]);

        Assert.Equal((4, 2, 0, 0), (audit.Paid, audit.InFlight, audit.PaidAgain, audit.PaidByOvertaken));
        Assert.Equal(["a", "b"], audit.Acknowledged.Order());
    }

    [Fact]
    public void A_call_after_the_acknowledgement_is_paid_again()
    {
        var audit = JournalAudit.Of([Paid(1, "a"), Acknowledged(1, "a"), Paid(2, "a", "b")]);

        Assert.Equal((3, 0, 1, 0), (audit.Paid, audit.InFlight, audit.PaidAgain, audit.PaidByOvertaken));
    }

    [Fact]
    public void A_silo_that_was_overtaken_is_counted_apart()
    {
        var audit = JournalAudit.Of([Paid(2, "a"), Acknowledged(2, "a"), Paid(1, "a")]);

        Assert.Equal((2, 0, 0, 1), (audit.Paid, audit.InFlight, audit.PaidAgain, audit.PaidByOvertaken));
    }

    private static OracleJournalEntry Paid(long epoch, params string[] objects) => new(0, OracleJournalEntry.Paid, "c", epoch, [.. objects]);

    private static OracleJournalEntry Acknowledged(long epoch, params string[] objects) => new(0, OracleJournalEntry.Acknowledged, "c", epoch, [.. objects]);
}
