using Tempera.Model.Baselines;
using Tempera.Model.Random;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

public sealed class GeneticAlgorithmTests
{
    private readonly AppendSpace _space = AppendSpace.Bits(40, 1);
    private readonly RandomStreams _streams = new(5);

    [Fact]
    public void ItClimbsALandscapeWithoutTrapsToItsTopWhereUniformSearchDoesNot()
    {
        // The reward counts ones; of 2^40 sequences a uniform search of 6,400 sees at best some 32 of 40.
        var genetic = new GeneticAlgorithm(_space, 64, 1);
        Assert.Equal(40, Run(genetic, 200));
        Assert.InRange(Run(new UniformProposer(_space), 200), 28, 35);
    }

    [Fact]
    public void ThePopulationIsTheBestOfWhatWasSeenInOrder()
    {
        var genetic = new GeneticAlgorithm(_space, 8, 2);
        var seen = new Dictionary<UInt128, double>();
        var objects = new UInt128[16];
        for (var round = 1; round <= 20; round++)
        {
            genetic.Propose(_streams.At("proposal", round), objects);
            genetic.Learn(_streams.At("decision", round), objects, new float[16], Array.ConvertAll(objects, Score));
            Array.ForEach(objects, terminal => seen[terminal] = Score(terminal));
            var best = seen.Values.OrderDescending().Take(8);
            Assert.Equal(best, genetic.Population.ToArray().Select(Score));
        }
    }

    [Fact]
    public void ChildrenAreSeldomObjectsThatAreThereAlready()
    {
        var genetic = new GeneticAlgorithm(_space, 8, 0.1);
        var objects = new UInt128[16];
        for (var round = 1; round <= 20; round++)
        {
            var before = genetic.Population.ToArray();
            genetic.Propose(_streams.At("proposal", round), objects);
            Assert.Equal(16, objects.Distinct().Count());
            Assert.Empty(objects.Intersect(before));
            genetic.Learn(_streams.At("decision", round), objects, new float[16], Array.ConvertAll(objects, Score));
        }
    }

    [Fact]
    public void AFailedScoreNeverEntersThePopulation()
    {
        var genetic = new GeneticAlgorithm(_space, 4, 1);
        genetic.Learn(_streams.At("decision", 1), [1, 2], new float[2], [double.NaN, 1]);
        Assert.Equal(new UInt128[] { 2 }, genetic.Population.ToArray());
    }

    private double Run(IProposer proposer, int rounds)
    {
        var (objects, best) = (new UInt128[32], 0.0);
        for (var round = 1; round <= rounds; round++)
        {
            proposer.Propose(_streams.At("proposal", round), objects);
            var scores = Array.ConvertAll(objects, Score);
            proposer.Learn(_streams.At("decision", round), objects, new float[32], scores);
            best = Math.Max(best, scores.Max());
        }

        return best;
    }

    private static double Score(UInt128 terminal) => (double)UInt128.PopCount(PackedSequence.Letters(terminal));
}
