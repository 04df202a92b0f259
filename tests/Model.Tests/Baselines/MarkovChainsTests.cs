using Tempera.Model.Baselines;
using Tempera.Model.Random;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

public sealed class MarkovChainsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheStationaryDistributionIsTheTarget(float beta)
    {
        // Without the ratio of neighbour counts, cells at the border would come too seldom: a total variation above 0.05 at beta 1.
        const int chains = 30_000;
        var task = TaskCatalog.Create("hypergrid", new Dictionary<string, string> { ["side"] = "4", ["r0"] = "0.5" });
        var markov = new MarkovChains((IPositionalSpace)task.Space, chains);
        var (objects, betas, scores) = (new UInt128[chains], new float[chains], new double[chains]);
        Array.Fill(betas, beta);
        var streams = new RandomStreams(3);
        for (var round = 1; round <= 150; round++)
        {
            markov.Propose(streams.At("proposal", round), objects);
            task.Oracle.Score(objects, scores);
            markov.Learn(streams.At("decision", round), objects, betas, Array.ConvertAll(scores, task.Reward.LogReward));
        }

        var cells = task.Space.EnumerateObjects().ToArray();
        var rewards = new double[cells.Length];
        task.Oracle.Score(cells, rewards);
        var weights = Array.ConvertAll(rewards, reward => Math.Pow(reward, beta));
        var counts = markov.Objects.ToArray().CountBy(cell => cell).ToDictionary();
        var variation = cells.Select((cell, i) => Math.Abs(counts.GetValueOrDefault(cell) / (double)chains - weights[i] / weights.Sum())).Sum() / 2;
        Assert.InRange(variation, 0, 0.015);
    }

    [Fact]
    public void AChainMovesToANeighbourOrStays()
    {
        var space = new PrependAppendSpace("ACGT", 6);
        var markov = new MarkovChains(space, 50);
        var (objects, neighbours) = (new UInt128[50], new UInt128[space.MaxNeighbours]);
        var streams = new RandomStreams(3);
        for (var round = 1; round <= 10; round++)
        {
            var before = markov.Objects.ToArray();
            markov.Propose(streams.At("proposal", round), objects);
            markov.Learn(streams.At("decision", round), objects, new float[50], objects.Select((_, b) => b * 0.1 * round % 1).ToArray());
            for (var b = 0; b < 50 && round > 1; b++)
            {
                Assert.Contains(objects[b], neighbours[..space.GetNeighbours(before[b], neighbours)]);
                Assert.True(markov.Objects[b] == before[b] || markov.Objects[b] == objects[b]);
            }
        }
    }

    [Fact]
    public void AHighBetaOnlyClimbs()
    {
        var space = AppendSpace.Bits(20, 1);
        var markov = new MarkovChains(space, 30);
        var (objects, betas) = (new UInt128[30], Enumerable.Repeat(1e6f, 30).ToArray());
        var streams = new RandomStreams(3);
        var before = new double[30];
        for (var round = 1; round <= 200; round++)
        {
            markov.Propose(streams.At("proposal", round), objects);
            markov.Learn(streams.At("decision", round), objects, betas, Array.ConvertAll(objects, Ones));
            var now = Array.ConvertAll(markov.Objects.ToArray(), Ones);
            Assert.All(before.Zip(now), pair => Assert.True(round == 1 || pair.Second >= pair.First));
            before = now;
        }

        Assert.All(before, ones => Assert.Equal(20, ones));
    }

    private static double Ones(UInt128 terminal) => (double)UInt128.PopCount(PackedSequence.Letters(terminal));
}
