using System.Text;
using Tempera.Model.Tasks.Data;
using Tempera.Model.Tasks.Tables;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Tables;

public sealed class Six6OriginalTests
{
    [Fact]
    public void BothStrandsAreWrittenInOrderWithTheNormalisedScore()
    {
        const string original = "8-mer\t8-mer\tE-score\tMedian\tZ-score\nCA\tTG\t-0.25000\t1\t1\nAC\tGT\t0.75\t1\t1\nAT\tAT\t-0.00003\t1\t1\n";

        Assert.Equal(
            "sequence\te_score\tbinding\nAC\t0.75\t1.0\nAT\t-3e-05\t0.24997\nCA\t-0.25\t0.0\nGT\t0.75\t1.0\nTG\t-0.25\t0.0\n", Convert(original));
    }

    [Fact]
    public void AnotherFileIsRefused() => Assert.Contains("E-score", Assert.Throws<TaskDataException>(() => Convert("<html>")).Message);

    private static string Convert(string original)
    {
        using var converted = new MemoryStream();
        Six6Original.Convert(new MemoryStream(Encoding.UTF8.GetBytes(original)), converted);
        return Encoding.UTF8.GetString(converted.ToArray());
    }
}
