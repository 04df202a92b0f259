using Tempera.Model.Random;
using Xunit;

namespace Tempera.Model.Tests.Random;

public sealed class RandomStreamTests
{
    // Known answers of philox4x32 with 10 rounds from Random123's kat_vectors (Salmon et al. 2011).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0xa4093822u, 0x299f31d0u, 0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_GivesThePublishedNumbers(
        uint key0, uint key1, uint c0, uint c1, uint c2, uint c3, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), RandomStream.Philox(key0, key1, c0, c1, c2, c3));

    [Fact]
    public void Bits_AreTheTwoHalvesOfABlock()
    {
        var stream = new RandomStream(0x299f31d0_a4093822, 0x13198a2e, 0x03707344);
        var block = RandomStream.Philox(0xa4093822, 0x299f31d0, 21, 0, 0x13198a2e, 0x03707344);

        Assert.Equal(block.X0 | ((ulong)block.X1 << 32), stream.Bits(42));
        Assert.Equal(block.X2 | ((ulong)block.X3 << 32), stream.Bits(43));
    }

    [Fact]
    public void Streams_DifferBySeedNameRoundAndPosition()
    {
        string[] names =
        [
            RandomStreams.Initialisation, RandomStreams.ExplorationBeta, RandomStreams.TrainingBeta, RandomStreams.Policy,
            RandomStreams.BackwardPolicy, RandomStreams.Replay, RandomStreams.Oracle, RandomStreams.Sample, RandomStreams.Evaluation,
        ];
        var numbers = new HashSet<ulong>();
        foreach (var seed in new ulong[] { 0, 1, 1UL << 32, ulong.MaxValue })
        {
            foreach (var name in names)
            {
                for (var round = 0; round < 4; round++)
                {
                    for (var position = 0UL; position < 4; position++)
                    {
                        numbers.Add(new RandomStreams(seed).At(name, round).Bits(position));
                    }
                }
            }
        }

        Assert.Equal(4 * names.Length * 4 * 4, numbers.Count);
    }

    [Fact]
    public void StreamsOfDifferentNames_AreUncorrelated()
    {
        const int count = 100_000;
        var streams = new RandomStreams(11);
        var (left, right) = (streams.At(RandomStreams.Policy, 1), streams.At(RandomStreams.Policy, 2));
        var correlation = Enumerable.Range(0, count)
            .Sum(i => 12 * (left.Uniform((ulong)i) - 0.5) * (right.Uniform((ulong)i) - 0.5)) / count;

        // Standard error 1 / sqrt(count): five of them.
        Assert.InRange(correlation, -5 / Math.Sqrt(count), 5 / Math.Sqrt(count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Below_IsUniformOnItsRange(int bound)
    {
        const int draws = 200_000;
        var stream = new RandomStreams(3).At("below", bound);
        var counts = new int[bound];
        for (var i = 0UL; i < draws; i++)
        {
            counts[stream.Below(i, bound)]++;
        }

        var expected = draws / (double)bound;
        var chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);

        // Mean bound - 1 and variance 2 (bound - 1): six standard deviations.
        Assert.InRange(chiSquare, 0, bound - 1 + 6 * Math.Sqrt(2 * bound));
    }

    [Fact]
    public void Below_ReachesTheWholeRangeOfALong()
    {
        var stream = new RandomStreams(3).At("below", 0);
        var numbers = Enumerable.Range(0, 1000).Select(i => stream.Below((ulong)i, long.MaxValue)).ToArray();

        Assert.All(numbers, number => Assert.InRange(number, 0, long.MaxValue - 1));
        Assert.True(numbers.Max() > long.MaxValue / 100 * 95);
        Assert.True(numbers.Min() < long.MaxValue / 100 * 5);
    }

    [Fact]
    public void Uniforms_StayBelowOneAndHaveTheRightMoments()
    {
        const int count = 200_000;
        var stream = new RandomStreams(5).At("uniform", 0);
        var doubles = Enumerable.Range(0, count).Select(i => stream.Uniform((ulong)i)).ToArray();
        var singles = Enumerable.Range(0, count).Select(i => stream.UniformSingle((ulong)i)).ToArray();

        Assert.All(doubles, number => Assert.InRange(number, 0, Math.BitDecrement(1.0)));
        Assert.All(singles, number => Assert.InRange(number, 0, MathF.BitDecrement(1)));
        Assert.Equal(0.5, doubles.Average(), 5 * Math.Sqrt(1 / 12.0 / count));
        Assert.Equal(0.5, singles.Average(), 5 * Math.Sqrt(1 / 12.0 / count));
        Assert.Equal(1 / 3.0, doubles.Average(number => number * number), 5 * Math.Sqrt(4 / 45.0 / count));
    }

    [Fact]
    public void Normal_HasTheMomentsOfTheStandardNormal()
    {
        const int count = 200_000;
        var stream = new RandomStreams(5).At("normal", 0);
        var numbers = Enumerable.Range(0, count).Select(i => stream.Normal((ulong)i)).ToArray();

        Assert.Equal(0, numbers.Average(), 5 / Math.Sqrt(count));
        Assert.Equal(1, numbers.Average(x => x * x), 5 * Math.Sqrt(2.0 / count));
        Assert.Equal(0, numbers.Average(x => x * x * x), 5 * Math.Sqrt(15.0 / count));
        Assert.Equal(3, numbers.Average(x => x * x * x * x), 5 * Math.Sqrt(96.0 / count));
    }
}
