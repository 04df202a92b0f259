using Tempera.Model.Engines;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Learning;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using TorchSharp;
using Xunit;

namespace Tempera.Torch.Tests.Engines;

public sealed class TorchAdamTests
{
    private const int Length = 1003;

    [Theory]
    [InlineData(1e6, false)]
    [InlineData(10, false)]
    [InlineData(10, true)]
    public void StepsAreThoseOfTheHostsOptimiser(double clipNorm, bool isLazy)
    {
        LibTorch.Require();
        using var scope = torch.NewDisposeScope();
        var (expected, actual) = (Optimizer(clipNorm, isLazy), Optimizer(clipNorm, isLazy));
        var context = new TorchContext(new TorchOptions { Threads = 1 }, new EngineCounters());
        using var network = new TorchNetwork(actual.Parameters, context);
        using var adam = new TorchAdam(network, actual, context);
        network.Upload();
        adam.Upload();
        for (var step = 0; step < 12; step++)
        {
            var isFinite = step % 5 != 0;
            Fill(expected.Parameters.Gradient, step);
            if (expected.Parameters.Lazy is { } lazy)
            {
                lazy.Row(expected.Parameters.Gradient, step % 3).Clear();
                lazy.MarkAllReached(expected.Parameters.Gradient);
            }

            context.Write(expected.Parameters.Gradient, network.Gradient);
            if (isFinite)
            {
                expected.Step(expected.GradientNorm(), 0.5);
            }
            else
            {
                network.Gradient.narrow(0, 7, 1).fill_(float.NaN);
            }

            adam.Step(adam.GradientNorm(), torch.tensor(new[] { isFinite }), 0.5);
        }

        network.DownloadValues();
        adam.Download();
        Assert.Equal(9, expected.Steps);
        AssertClose(expected.First, actual.First);
        AssertClose(expected.Second, actual.Second);
        AssertClose(expected.Parameters.Values, actual.Parameters.Values);
        context.Dispose();
    }

    private static AdamOptimizer Optimizer(double clipNorm, bool isLazy)
    {
        var layout = new ParameterLayout();
        layout.Add("before", 1, 2, 1);
        var rows = layout.Add("weight", 7, (Length - 8) / 7, 1);
        layout.Add("after", 1, Length - layout.Length, 1);
        layout.Lazy = isLazy ? (rows, 5) : null;
        var optimizer = new AdamOptimizer(new NetworkParameters("forward", layout), 1e-2, clipNorm);
        Fill(optimizer.Parameters.Values, 100);
        return optimizer;
    }

    private static void Fill(float[] values, int round)
    {
        var random = new RandomStreams(3).At("numbers", round);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.Normal((ulong)i);
        }
    }

    private static void AssertClose(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), static both => Assert.Equal(both.First, both.Second, 2e-6 * Math.Max(1, Math.Abs(both.First))));
}
