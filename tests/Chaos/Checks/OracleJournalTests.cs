using Tempera.Model.Oracles;
using Tempera.Silo.Rehearsals;

using Xunit;

namespace Tempera.Chaos.Checks;

/// <summary>The journal of oracle calls, written and read again.</summary>
public sealed class OracleJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tempera-journal-").FullName;

    [Fact]
    public void A_call_is_on_the_disk_before_the_oracle_is_asked()
    {
        using var journal = new OracleJournalFile(_folder, "silo-1", TimeSpan.Zero);
        var oracle = journal.Witness(new Asking(() => Assert.Equal(OracleJournalEntry.Paid, Assert.Single(OracleJournalEntry.ReadAll(_folder)).Kind)), "c", 3);

        var scores = new double[2];
        oracle.Score([5, 6], scores);
        journal.Acknowledge("c", 3, 1, [5, 6, 5]);

        Assert.Equal([1.0, 1.0], scores);
        var entries = OracleJournalEntry.ReadAll(_folder);
        Assert.Equal([OracleJournalEntry.Paid, OracleJournalEntry.Acknowledged], entries.Select(static entry => entry.Kind));
        Assert.All(entries, static entry => Assert.Equal(("c", 3L), (entry.Campaign, entry.Epoch)));
        Assert.All(entries, static entry => Assert.Equal([OracleJournalEntry.Text(5), OracleJournalEntry.Text(6)], entry.Objects));
    }

    [Fact]
    public void Journals_of_several_silos_come_in_the_order_of_time_and_a_torn_line_is_left_out()
    {
        using (var first = new OracleJournalFile(_folder, "b", TimeSpan.Zero))
        using (var second = new OracleJournalFile(_folder, "a", TimeSpan.Zero))
        {
            first.Acknowledge("c", 1, 1, [1]);
            second.Acknowledge("c", 2, 1, [2]);
            first.Acknowledge("c", 3, 1, [3]);
        }

        File.AppendAllText(Directory.GetFiles(_folder)[0], "{\"at\":1,\"ki");

        Assert.Equal([1L, 2, 3], OracleJournalEntry.ReadAll(_folder).Select(static entry => entry.Epoch));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Asking(Action asked) : IOracle
    {
        public string Version => "test/1";

        public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
        {
            asked();
            scores.Fill(1);
        }
    }
}
