using TorchSharp;
using Xunit;

namespace Tempera.Torch.Tests.Learning;

/// <summary>The collector does not see native memory: a tensor that nobody disposes of stays.</summary>
public sealed class MemoryTests
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

    private static long Live() => torch.Tensor.TotalCount;
}
