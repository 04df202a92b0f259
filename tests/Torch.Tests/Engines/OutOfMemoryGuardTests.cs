using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Tempera.Model.Engines;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using TorchSharp;
using Xunit;

namespace Tempera.Torch.Tests.Engines;

public sealed partial class OutOfMemoryGuardTests
{
    private const string Cuda = "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79.15 GiB of which 10.62 GiB is free.";

    [Fact]
    public void TheErrorNamesABatchThatFits()
    {
        var guard = Guard();
        var error = Assert.Throws<OutOfDeviceMemoryException>(() => guard.Run(65536, static () => throw new ExternalException(Cuda)));
        Assert.Contains("79.2 GiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("65536 trajectories", error.Message, StringComparison.Ordinal);
        var batch = int.Parse(Named().Match(error.Message).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(batch * (double)guard.BytesPerTrajectory(), 0.5 * 79.15 * (1L << 30), 0.9 * 79.15 * (1L << 30));
    }

    [Fact]
    public void ABatchThatShouldHaveFittedIsHalved() => Assert.Contains("to 8 or less", Guard().Explain(16, Cuda, 0), StringComparison.Ordinal);

    [Fact]
    public void WhatLibtorchSaysWhenMemoryIsUsedUpIsRecognised()
    {
        LibTorch.Require();

        // 2^60 bytes: no machine has them, so nothing is allocated.
        var error = Assert.Throws<OutOfDeviceMemoryException>(() => Guard().Run(4, static () => torch.empty(1L << 58).Dispose()));
        Assert.Contains("batch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherErrorsPass() =>
        Assert.Throws<ExternalException>(() => Guard().Run(4, static () => throw new ExternalException("mat1 and mat2 shapes cannot be multiplied")));

    private static OutOfMemoryGuard Guard()
    {
        var space = new PrependAppendSpace("ACGU", 14);
        return new OutOfMemoryGuard(space, new PolicyArchitecture(space, new LearnerSettings { Width = 1024 }, (1, 3)));
    }

    [GeneratedRegex(@"replay_batch to (\d+) or less")]
    private static partial Regex Named();
}
