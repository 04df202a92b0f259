using Tempera.Model.Oracles.Rna;
using Tempera.Model.Tests.Oracles.Rna;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Rna;

/// <summary>Our definitions of a mode on a space too large to list.</summary>
public sealed class RnaModesTests
{
    // 99.5 % of the strands bind less well than -2270 dcal/mol, so by construction this is the paper's rule.
    [Fact]
    public void LocalMaximaOfTheBestHalfPercent_AreThePapersModes()
    {
        var (paper, ours) = (TestData.Create("rna1"), TestData.Create("rna1", ("modes", "local:0.5,1")));
        var random = new System.Random(5);
        var strands = RnaData.Rows("modes_L14_RNA1.tsv").Select(row => row[0])
            .SelectMany(strand => new[] { strand, Mutate(strand, random) }).Distinct().Select(strand => TestData.Parse(paper, strand)).ToArray();

        Assert.Equal(TestData.Modes(paper, strands), TestData.Modes(ours, strands));
        Assert.Equal(336, TestData.Modes(ours, strands).Length);
        Assert.Null(ours.Modes!.KnownCount);
        Assert.Empty(ours.Target!.ModeCounts);
        Assert.Equal(paper.Target!.Counts, ours.Target.Counts);
    }

    [Fact]
    public void ClustersKeepTheirDistance()
    {
        var task = TestData.Create("rna1", ("modes", "cluster:0.01,3"));
        Assert.StartsWith("cluster:0.01,3", task.Modes!.Definition);
        var best = TestData.Parse(task, "GGGGGCCCCGCGCG");
        Assert.True(task.Modes.IsMode(best, RnaTarget.L14Rna1.Fitness(RnaTarget.L14Rna1.LowestEnergy)));

        var neighbours = new UInt128[task.Space.MaxNeighbours];
        neighbours = neighbours[..task.Space.GetNeighbours(best, neighbours)];
        var scores = new double[neighbours.Length];
        task.Oracle.Score(neighbours, scores);
        Assert.All(neighbours.Zip(scores), pair => Assert.False(task.Modes.IsMode(pair.First, pair.Second)));
    }

    private static string Mutate(string strand, System.Random random)
    {
        var letters = strand.ToCharArray();
        letters[random.Next(letters.Length)] = RnaLetters.Alphabet[random.Next(4)];
        return new string(letters);
    }
}
