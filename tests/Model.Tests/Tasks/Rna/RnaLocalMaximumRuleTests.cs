using System.Globalization;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Rna;
using Tempera.Model.Tests.Oracles.Rna;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Rna;

public sealed class RnaLocalMaximumRuleTests
{
    private static readonly DesignTask Task = RnaTasks.Create("rna1");

    [Fact]
    public void TheDefinitionNamesTheThreshold() =>
        Assert.Equal("paper: strict Hamming-1 local maxima at or below -2270 dcal/mol", Task.Modes!.Definition);

    [Theory]
    [InlineData("GGGGGCCCCGCGCG", true)]
    [InlineData("GCGCGGGGGCCCCG", true)]
    [InlineData("CACAUCCGGCCGCC", true)]
    [InlineData("GGGGGCCCCGCGCA", false)]
    [InlineData("AAAAAAAAAAAAAA", false)]
    public void KnownStrandsAreDecided(string strand, bool expected) => Assert.Equal(expected, IsMode(strand));

    [Fact]
    public void AScoreBelowTheThresholdIsNoModeWhateverTheStrand()
    {
        Assert.True(Task.Space.TryParse("GGGGGCCCCGCGCG", out var strand, out _));
        Assert.False(Task.Modes!.IsMode(strand, 0.6));
        Assert.False(Task.Modes!.IsMode(strand, double.NaN));
    }

    [Fact]
    public void EveryPublishedModeIsOne()
    {
        var modes = RnaData.Rows("modes_L14_RNA1.tsv").ToList();
        Assert.Equal(336, modes.Count);
        Assert.All(modes, row => Assert.True(IsMode(row[0]), row[0]));
    }

    // With the count of modes over the whole space, no false ones among these leaves none anywhere.
    [Fact]
    public void ReferenceStrandsAreModesExactlyWhenListed()
    {
        var listed = RnaData.Rows("modes_L14_RNA1.tsv").Select(row => row[0]).ToHashSet();
        foreach (var row in RnaData.Rows("duplexfold_validation.tsv.gz"))
        {
            if (int.Parse(row[2], CultureInfo.InvariantCulture) <= -2200)
            {
                Assert.True(listed.Contains(row[0]) == IsMode(row[0]), row[0]);
            }
        }
    }

    private static bool IsMode(string text)
    {
        Assert.True(Task.Space.TryParse(text, out var strand, out _));
        var score = new double[1];
        Task.Oracle.Score([strand], score);
        return Task.Modes!.IsMode(strand, score[0]);
    }
}
