using TorchSharp;
using Xunit;

namespace Tempera.Torch.Tests.Learning;

/// <summary>The collector does not see native memory: a tensor that nobody disposes of stays.</summary>
public sealed class MemoryTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NoRoundLeavesATensorBehind(bool isResident)
    {
        LibTorch.Require();
        using var campaign = new DeviceCampaign(
            "hypergrid", isResident ? TorchFactory.Resident : TorchFactory.Host, ("width", "8"), ("batch", "4"), ("replay_batch", "4"), ("dims", "2"), ("side", "4"), ("threads", "1"));
        campaign.Run(20);
        var before = Live();
        campaign.Run(120);
        Assert.Equal(before, Live());
    }

    [Fact]
    public void AClosedEngineLeavesNothingBehind()
    {
        LibTorch.Require();
        var before = Live();
        for (var i = 0; i < 3; i++)
        {
            using var campaign = new DeviceCampaign("bits", TorchFactory.Resident, ("width", "8"), ("batch", "4"), ("replay_batch", "4"), ("threads", "1"));
            campaign.Run(3);
        }

        Assert.Equal(before, Live());
    }

    /// <summary>TEMPERA_LONG_TESTS=1 runs it; docs/performance.md has what it printed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TwentyThousandRoundsKeepTheirMemory(bool isResident)
    {
        LibTorch.Require();
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEMPERA_LONG_TESTS") == "1", "Takes minutes; TEMPERA_LONG_TESTS=1 runs it.");
        using var campaign = new DeviceCampaign(
            "hypergrid", isResident ? TorchFactory.Resident : TorchFactory.Host, ("width", "8"), ("batch", "4"), ("replay_batch", "4"), ("dims", "2"), ("side", "4"), ("threads", "1"), ("logit_rank", "1"));
        campaign.Run(1_000);
        var (tensors, resident) = (Live(), Resident());
        for (var round = 2_000; round <= 20_000; round += 2_000)
        {
            campaign.Run(round);
            output.WriteLine($"round {round}: {Live()} live tensors, {Resident() >> 20} MiB resident");
        }

        Assert.Equal(tensors, Live());
        Assert.InRange(Resident() - resident, long.MinValue, 32L << 20);
    }

    private static long Resident()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    // What others have dropped is collected first, so that it does not go between two counts.
    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
