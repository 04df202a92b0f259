using Tempera.Model.Engines;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Evaluation;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Torch.Tests.Engines;

public sealed class TorchSamplingTests
{
    public static TheoryData<long, Parametrization> Ways() => new()
    {
        { 0, Parametrization.Ssr }, { 1 << 28, Parametrization.Ssr }, { 0, Parametrization.Sa }, { 1 << 28, Parametrization.Sa },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void ObjectsFollowTheExactDistribution(long tableBytes, Parametrization parametrization)
    {
        LibTorch.Require();
        var space = new HypergridSpace(2, 3);
        using var pair = Pair(space, tableBytes, parametrization, 2000);
        Array.Fill(pair.TorchBatch.Betas, 2);
        var exact = new ExactDistribution(space);
        var probabilities = Array.ConvertAll(exact.LogProbabilities(pair.Torch, 2), Math.Exp);
        var counts = new double[probabilities.Length];
        const int batches = 10;
        for (var i = 0; i < batches; i++)
        {
            pair.Torch.SampleForward(pair.TorchBatch, 0, new RandomStreams(3).At(RandomStreams.Policy, i));
            for (var b = 0; b < pair.TorchBatch.Count; b++)
            {
                counts[exact.IndexOf(pair.TorchBatch.Object(b))]++;
            }
        }

        var draws = (double)batches * pair.TorchBatch.Count;
        var chiSquare = counts.Zip(probabilities, (count, p) => Math.Pow(count - (draws * p), 2) / (draws * p)).Sum();

        // The 99.99 % point with 8 degrees of freedom; the seed is fixed, so the test cannot be unlucky twice.
        Assert.Equal(9, counts.Length);
        Assert.InRange(chiSquare, 0, 31.8);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void TrajectoriesAreThoseOfTheSimdEngineButForRounding(long tableBytes, Parametrization parametrization)
    {
        LibTorch.Require();
        foreach (var space in new IDesignSpace[] { new PrependAppendSpace("ACGT", 6), new HypergridSpace(3, 4), new AppendSpace("AB", 7) })
        {
            using var pair = Pair(space, tableBytes, parametrization, 500);
            var random = new RandomStreams(9).At(RandomStreams.Policy, 1);
            pair.Simd.SampleForward(pair.SimdBatch, 0.2f, random);
            pair.Torch.SampleForward(pair.TorchBatch, 0.2f, random);
            AssertNearlyAllEqual(pair);
            var objects = Enumerable.Range(0, 500).Select(pair.SimdBatch.Object).ToArray();
            pair.Simd.SampleBackward(pair.SimdBatch, objects, random);
            pair.Torch.SampleBackward(pair.TorchBatch, objects, random);
            AssertNearlyAllEqual(pair);
            AssertValid(space, pair.TorchBatch, objects);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void EveryStepIsUniformWhereEpsilonIsOne(long tableBytes, Parametrization parametrization)
    {
        LibTorch.Require();
        var space = new PrependAppendSpace("AB", 2);
        using var pair = Pair(space, tableBytes, parametrization, 4000);
        pair.Torch.SampleForward(pair.TorchBatch, 1, new RandomStreams(4).At(RandomStreams.Policy, 1));
        var runs = Enumerable.Range(0, 4000).Count(b => space.Format(pair.TorchBatch.Object(b)) is "AA" or "BB");

        // From A or B there are three children, one of them a run.
        Assert.InRange(runs / 4000.0, 0.30, 0.366);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void ChildrenAndHeadsAgreeWithTheSimdEngine(long tableBytes, Parametrization parametrization)
    {
        LibTorch.Require();
        var space = new PrependAppendSpace("ACG", 4);
        using var pair = Pair(space, tableBytes, parametrization, 8);
        var found = new UInt128[space.MaxChildren];
        UInt128[] states = [space.Root, .. found[..space.GetChildren(space.Root, found)]];
        var (expected, actual) = (new float[states.Length * space.MaxChildren], new float[states.Length * space.MaxChildren]);
        pair.Simd.ChildLogProbabilities(states, 2.5f, expected);
        pair.Torch.ChildLogProbabilities(states, 2.5f, actual);
        Assert.All(expected.Zip(actual), static both => Assert.True(both.First == both.Second || Math.Abs(both.First - both.Second) < 1e-5, $"{both}"));
        Assert.Contains(float.NegativeInfinity, actual);
        Assert.Equal(pair.Simd.LogZ(1.5f), pair.Torch.LogZ(1.5f), 1e-5);
        Assert.Equal(pair.Simd.LogitScales(1.5f)!.Value.Forward, pair.Torch.LogitScales(1.5f)!.Value.Forward, 1e-5);
        Assert.Equal(pair.Simd.LogitScales(1.5f)!.Value.Backward, pair.Torch.LogitScales(1.5f)!.Value.Backward, 1e-5);
    }

    [Fact]
    public void BackwardRefusesABatchThatWasNotEvaluated()
    {
        LibTorch.Require();
        using var pair = Pair(new HypergridSpace(2, 3), 0, Parametrization.Ssr, 4);
        pair.Torch.SampleForward(pair.TorchBatch, 0, new RandomStreams(4).At(RandomStreams.Policy, 1));
        Assert.Throws<InvalidOperationException>(() => pair.Torch.Backward(pair.TorchBatch, pair.TorchTerms));
        pair.Torch.Evaluate(pair.TorchBatch, pair.TorchTerms);
        pair.Torch.ParametersChanged();
        Assert.Throws<InvalidOperationException>(() => pair.Torch.Backward(pair.TorchBatch, pair.TorchTerms));
    }

    [Fact]
    public void TablesAreLeftOutWhereTheyDoNotFit()
    {
        LibTorch.Require();
        using var small = Pair(new HypergridSpace(2, 3), 1 << 20, Parametrization.Ssr, 4);
        using var large = Pair(new PrependAppendSpace("ACGU", 14), 1 << 20, Parametrization.Ssr, 4);
        Assert.Equal(18, small.Torch.TabledStates);
        Assert.Null(large.Torch.TabledStates);
    }

    private static EnginePair Pair(IDesignSpace space, long tableBytes, Parametrization parametrization, int batch) => new(
        space,
        new LearnerSettings
        {
            Parametrization = parametrization,
            Width = 16,
        },
        new TorchOptions
        {
            TableBytes = tableBytes,
            Threads = 1,
        },
        batch,
        batch);

    private static void AssertNearlyAllEqual(EnginePair pair)
    {
        var equal = Enumerable.Range(0, pair.SimdBatch.Count).Count(b =>
            pair.SimdBatch.Lengths[b] == pair.TorchBatch.Lengths[b]
            && pair.SimdBatch.Trajectory(b)[..(pair.SimdBatch.Lengths[b] + 1)].SequenceEqual(pair.TorchBatch.Trajectory(b)[..(pair.SimdBatch.Lengths[b] + 1)]));
        Assert.InRange(equal, 498, 500);
    }

    private static void AssertValid(IDesignSpace space, TrajectoryBatch batch, UInt128[] objects)
    {
        var parents = new UInt128[space.MaxParents];
        for (var b = 0; b < objects.Length; b++)
        {
            Assert.Equal(space.Root, batch.Trajectory(b)[0]);
            Assert.Equal(objects[b], batch.Object(b));
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                Assert.Contains(batch.Trajectory(b)[t], parents[..space.GetParents(batch.Trajectory(b)[t + 1], parents)]);
            }
        }
    }
}
