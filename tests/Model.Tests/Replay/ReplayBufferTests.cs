using System.Diagnostics;
using Tempera.Model.Random;
using Tempera.Model.Replay;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Replay;

public sealed class ReplayBufferTests
{
    private static readonly RewardScale Scale = new(2, 10, 1);
    private static readonly RandomStreams Streams = new(42);

    [Fact]
    public void AgreesWithANaiveModelOverRandomHistories()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new System.Random(seed);
            var (buffer, model) = (new ReplayBuffer(Scale), new List<(UInt128 Object, double Score, int Round, float Beta)>());
            for (var round = 1; round <= 40; round++)
            {
                var count = random.Next(seed == 0 ? 600 : 40);
                var objects = Enumerable.Range(0, count).Select(_ => (UInt128)random.Next(2_000)).ToArray();
                var scores = objects.Select(_ => random.Next(-5, 30) / 20.0).ToArray();
                var betas = objects.Select(_ => (float)random.NextDouble()).ToArray();
                var before = model.Count;
                for (var i = 0; i < count; i++)
                {
                    if (!model.Exists(row => row.Object == objects[i]))
                    {
                        model.Add((objects[i], scores[i], round, betas[i]));
                    }
                }

                Assert.Equal(model.Count - before, buffer.Append(round, objects, scores, betas));
                AssertSame(model, buffer);
            }
        }
    }

    [Fact]
    public void AppendIsIdempotentAndTheFirstScoreWins()
    {
        var buffer = new ReplayBuffer(Scale);
        Assert.Equal(2, buffer.Append(1, [7, 8, 7], [0.5, 0.25, 0.9], [1, 2, 3]));
        Assert.Equal(0, buffer.Append(2, [8, 7], [1, 1], [9, 9]));
        Assert.Equal((0.5, 1, 1f), (buffer.Score(0), buffer.FirstRound(0), buffer.Beta(0)));
        Assert.Equal(Math.Log(10) + 2 * Math.Log(0.25), buffer.LogReward(1), 1e-12);
        Assert.Equal((1, -1), (buffer.IndexOf(8), buffer.IndexOf(9)));
    }

    [Fact]
    public void BestIsTheFirstToReachTheHighestScore()
    {
        var buffer = new ReplayBuffer(Scale);
        Assert.Equal(-1, buffer.BestIndex);
        buffer.Append(1, [1, 2, 3], [0.1, 0.7, 0.7], [1, 1, 1]);
        buffer.Append(2, [4], [0.7], [1]);
        Assert.Equal(1, buffer.BestIndex);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void ABatchWithANonFiniteScoreAddsNothing(double score)
    {
        var buffer = new ReplayBuffer(Scale);
        var exception = Assert.Throws<ArgumentException>(() => buffer.Append(1, [1, 2], [0.5, score], [1, 1]));
        Assert.Contains("must be finite", exception.Message);
        Assert.Equal(0, buffer.Count);
        Assert.Throws<ArgumentException>(() => buffer.Append(1, [1, 2], [0.5], [1, 1]));
        Assert.Throws<ArgumentException>(() => buffer.Append(1, [1, 2], [0.5, 1], [1]));
        Assert.Equal(0, buffer.Count);
    }

    [Fact]
    public void StrataAgreeWithInterpolatedQuantilesOfRewards()
    {
        var random = new System.Random(9);
        foreach (var distinct in new[] { 1, 2, 3, 7, 50, 10_000 })
        {
            var buffer = new ReplayBuffer(Scale);
            var count = random.Next(10, 400);
            var scores = Enumerable.Range(0, count).Select(_ => random.Next(-distinct, distinct) / (double)distinct).ToArray();
            buffer.Append(1, [.. Enumerable.Range(0, count).Select(i => (UInt128)i)], scores, new float[count]);
            var rewards = scores.Select(score => Math.Exp(Scale.LogReward(score))).Order().ToArray();
            foreach (var quantile in new[] { 0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1 })
            {
                var position = quantile * (count - 1);
                var (low, high) = (rewards[(int)Math.Floor(position)], rewards[(int)Math.Ceiling(position)]);
                var threshold = low + (position - Math.Floor(position)) * (high - low);
                var (topStart, restEnd) = buffer.Strata(quantile);
                Assert.Equal(rewards.Count(reward => reward >= threshold), count - topStart);
                Assert.Equal(rewards.Count(reward => reward <= threshold), restEnd);
            }
        }
    }

    [Fact]
    public void DrawsRespectTheStrataAndReachAllOfThem()
    {
        // Scores 1..20: numpy.percentile(.., 90) = 18.1, so the top stratum is {19, 20} and the rest 1..18.
        var buffer = Filled(20);
        var indices = new int[1000];
        Assert.Equal(1000, buffer.Draw(3, Streams, 1000, 0.9, 0.25, indices));
        Assert.Equal([19.0, 20.0], indices[..250].Select(buffer.Score).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 18).Select(i => (double)i), indices[250..].Select(buffer.Score).Distinct().Order());
    }

    [Fact]
    public void DrawsAreUniformInTheirStratum()
    {
        var buffer = Filled(20);
        var indices = new int[36_000];
        buffer.Draw(1, Streams, indices.Length, 0.9, 0, indices);

        // Chi-square with 17 degrees of freedom: 33.4 is its 99 % point.
        var chiSquare = indices.CountBy(i => i).Sum(pair => (pair.Value - 2000.0) * (pair.Value - 2000.0) / 2000);
        Assert.InRange(chiSquare, 0, 33.4);
    }

    [Fact]
    public void ADrawIsAFunctionOfSeedRoundAndContent()
    {
        var (whole, parts) = (Filled(300), new ReplayBuffer(Scale));
        for (var i = 0; i < 300; i += 30)
        {
            parts.Append(1, [.. Enumerable.Range(i, 30).Select(k => (UInt128)k)], [.. Enumerable.Range(i, 30).Select(k => k + 1.0)], new float[30]);
            parts.Draw(i, Streams, 4, 0.9, 0.5, new int[4]);
        }

        Assert.Equal(Draw(whole, 7, 42), Draw(parts, 7, 42));
        Assert.NotEqual(Draw(whole, 7, 42), Draw(whole, 8, 42));
        Assert.NotEqual(Draw(whole, 7, 42), Draw(whole, 7, 43));
    }

    [Fact]
    public void NothingIsDrawnBelowTenObjects()
    {
        var indices = new int[4];
        Assert.Equal(0, Filled(9).Draw(1, Streams, 4, 0.9, 0.5, indices));
        Assert.Equal(4, Filled(10).Draw(1, Streams, 4, 0.9, 0.5, indices));
    }

    [Theory]
    [InlineData(5, 0.9, 0.5)]
    [InlineData(-1, 0.9, 0.5)]
    [InlineData(4, 1.1, 0.5)]
    [InlineData(4, double.NaN, 0.5)]
    [InlineData(4, 0.9, -0.1)]
    [InlineData(4, 0.9, double.NaN)]
    public void SenselessDrawsAreRefused(int count, double quantile, double topShare) =>
        Assert.Throws<ArgumentException>(() => Filled(20).Draw(1, Streams, count, quantile, topShare, new int[4]));

    [Fact]
    public void AMillionObjectsStayQuickAndSmall()
    {
        var (buffer, random, indices) = (new ReplayBuffer(Scale), new System.Random(1), new int[32]);
        var clock = Stopwatch.StartNew();
        const int Batch = 10_000;
        var (objects, scores, betas) = (new UInt128[Batch], new double[Batch], new float[Batch]);
        for (var round = 0; round < 100; round++)
        {
            for (var i = 0; i < Batch; i++)
            {
                (objects[i], scores[i]) = ((UInt128)(round * Batch + i), random.NextDouble());
            }

            buffer.Append(round, objects, scores, betas);
            buffer.Draw(round, Streams, 32, 0.9, 0.5, indices);
        }

        Assert.Equal(1_000_000, buffer.Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        Assert.InRange(buffer.AllocatedBytes, 0, 1_000_000L * ReplayBuffer.BytesPerObject);
    }

    [Fact]
    public void DrawingAllocatesNothing()
    {
        var (buffer, indices, stream) = (Filled(500), new int[32], Streams.At(RandomStreams.Replay, 1));
        buffer.Draw(stream, 32, 0.9, 0.5, indices);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            buffer.Draw(stream, 32, 0.9, 0.5, indices);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int[] Draw(ReplayBuffer buffer, int round, ulong seed)
    {
        var indices = new int[32];
        buffer.Draw(round, new RandomStreams(seed), 32, 0.9, 0.5, indices);
        return indices;
    }

    private static ReplayBuffer Filled(int count)
    {
        var buffer = new ReplayBuffer(Scale);
        buffer.Append(1, [.. Enumerable.Range(0, count).Select(i => (UInt128)i)], [.. Enumerable.Range(1, count).Select(i => (double)i)], new float[count]);
        return buffer;
    }

    private static void AssertSame(List<(UInt128 Object, double Score, int Round, float Beta)> model, ReplayBuffer buffer)
    {
        Assert.Equal(model.Count, buffer.Count);
        Assert.Equal(model, Enumerable.Range(0, buffer.Count).Select(i => (buffer.Object(i), buffer.Score(i), buffer.FirstRound(i), buffer.Beta(i))));
        Assert.Equal(
            Enumerable.Range(0, model.Count).OrderBy(i => model[i].Score).ThenBy(i => i),
            Enumerable.Range(0, model.Count).Select(buffer.IndexAtRank));
    }
}
