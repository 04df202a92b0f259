using Tempera.Model.Engines;
using Tempera.Model.Engines.Torch;
using TorchSharp;
using Xunit;

namespace Tempera.Torch.Tests.Engines;

public sealed class TorchContextTests
{
    [Fact]
    public void WhatWasWrittenIsReadAndTheTargetCanBeWrittenAgain()
    {
        LibTorch.Require();
        using var context = new TorchContext(new TorchOptions { Threads = 1 }, new EngineCounters());
        using var target = TorchContext.Keep(torch.zeros(3, dtype: torch.ScalarType.Float32));
        using var view = TorchContext.Keep(target.narrow(0, 1, 2));
        float[][] rows = [[1, 2, 3], [4, 5, 6]];
        foreach (var row in rows)
        {
            context.Write(row, target);
            Assert.Equal(row, Read(context, target));
            Assert.Equal(row[1..], Read(context, view));
        }

        target.mul_(2);
        Assert.Equal([8, 10, 12], Read(context, target));
    }

    private static float[] Read(TorchContext context, torch.Tensor tensor)
    {
        var values = new float[tensor.numel()];
        context.Read<float>(tensor, values);
        return values;
    }
}
