using System.Globalization;
using Tempera.Model.Oracles.Rna;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Oracles.Rna;

public sealed class RnaBindingOracleTests
{
    private static readonly PrependAppendSpace Space = new(RnaLetters.Alphabet, 14);

    private static readonly RnaTarget[] Targets = [RnaTarget.L14Rna1, RnaTarget.L14Rna2, RnaTarget.L14Rna3];

    // Bit for bit: the fitness passes through single precision exactly as where the problems were published.
    [Theory]
    [InlineData("CACAUCCGGCCGCC", 0.6426099596151229, 0.49680249685767797, 0.3942485847352219)]
    [InlineData("CACAUCCGGCUCGC", 0.6892953202744071, 0.5760794942543047, 0.33130134233055897)]
    public void PublishedFitnessIsReproduced(string strand, double fitness1, double fitness2, double fitness3) =>
        Assert.Equal([fitness1, fitness2, fitness3], Targets.Select(target => Score(new RnaBindingOracle(target), strand)));

    [Fact]
    public void TheBestStrandHasTheLargestFitness() =>
        Assert.Equal(1.0545394800017345, Score(new RnaBindingOracle(RnaTarget.L14Rna1), "GGGGGCCCCGCGCG"));

    [Fact]
    public void ComplementEnergiesFollowFromTheTargets()
    {
        foreach (var target in Targets)
        {
            var complement = new string([.. target.Sequence.Reverse().Select(letter => "UGCA"[RnaLetters.Alphabet.IndexOf(letter)])]);
            Assert.Equal(target.ComplementEnergy, new ReferenceDuplexFold(DuplexParameters.Turner2004).Energy(complement, target.Sequence));
        }
    }

    [Fact]
    public void AllReferenceEnergiesAndFitnessesAreReproduced()
    {
        var oracles = Targets.Select(target => new RnaBindingOracle(target)).ToArray();
        var rows = 0;
        foreach (var row in RnaData.Rows("duplexfold_validation.tsv.gz"))
        {
            Assert.True(Space.TryParse(row[0], out var strand, out _));
            for (var i = 0; i < oracles.Length; i++)
            {
                var energy = oracles[i].Energy(strand);
                var fitness = double.Parse(row[5 + i], CultureInfo.InvariantCulture);
                Assert.True(int.Parse(row[2 + i], CultureInfo.InvariantCulture) == energy, $"{row[0]}, target {i + 1}: {energy}");
                Assert.Equal(fitness, Targets[i].Fitness(energy));
            }

            rows++;
        }

        Assert.Equal(23_000, rows);
    }

    [Fact]
    public void BatchesAreScoredInOrder()
    {
        var oracle = new RnaBindingOracle(RnaTarget.L14Rna1);
        string[] strands = ["CACAUCCGGCCGCC", "AAAAAAAAAAAAAA", "GGGGGCCCCGCGCG"];
        var scores = new double[strands.Length];
        oracle.Score([.. strands.Select(Parse)], scores);
        Assert.Equal(strands.Select(strand => Score(oracle, strand)), scores);
    }

    [Fact]
    public void ObjectsOfAnotherSpaceAreRefused()
    {
        var oracle = new RnaBindingOracle(RnaTarget.L14Rna1);
        UInt128[] wrong = [UInt128.Zero, PackedSequence.Create(0, 13), PackedSequence.Create((UInt128)1 << 28, 14)];
        foreach (var value in wrong)
        {
            var error = Assert.Throws<ArgumentException>(() => oracle.Score([value], new double[1]));
            Assert.Contains("14 letters", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SpansOfDifferentLengthsAreRefused() =>
        Assert.Throws<ArgumentException>(() => new RnaBindingOracle(RnaTarget.L14Rna1).Score([Parse("CACAUCCGGCCGCC")], new double[2]));

    [Fact]
    public void VersionsNameTheTarget() =>
        Assert.Equal(3, Targets.Select(target => new RnaBindingOracle(target).Version).Distinct().Count());

    private static double Score(RnaBindingOracle oracle, string strand)
    {
        var scores = new double[1];
        oracle.Score([Parse(strand)], scores);
        return scores[0];
    }

    private static UInt128 Parse(string strand) => Space.TryParse(strand, out var packed, out var error) ? packed : throw new FormatException(error);
}
