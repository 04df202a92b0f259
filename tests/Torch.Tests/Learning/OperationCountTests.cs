using TorchSharp;
using Xunit;

namespace Tempera.Torch.Tests.Learning;

/// <summary>On a GPU launches are what costs, so a round must ask for the same operations whatever the batch.</summary>
public sealed class OperationCountTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("hypergrid", "ssr")]
    [InlineData("hypergrid", "sa")]
    [InlineData("bits", "ssr")]
    public void ARoundOnTheDeviceAsksForTheSameOperationsWhateverTheBatch(string task, string parametrization)
    {
        LibTorch.Require();
        var (small, large) = (Count(task, parametrization, "64"), Count(task, parametrization, "128"));
        output.WriteLine($"{task} {parametrization}: {small} tensors a round, views included, without autograd's own");
        Assert.Equal(small, large);
        Assert.InRange(small, 1, 2500);
    }

    private static long Count(string task, string parametrization, string batch)
    {
        // Big enough that both batches encode the same way.
        (string, string)[] size = task == "hypergrid" ? [("dims", "2"), ("side", "8")] : [];
        using var campaign = new DeviceCampaign(
            task, TorchFactory.Resident, [.. size, ("width", "8"), ("batch", batch), ("replay_batch", batch), ("parametrization", parametrization), ("logit_rank", "1"), ("threads", "1")]);
        campaign.Run(16);
        var before = Created();
        campaign.Run(26);
        return (Created() - before) / 10;
    }

    private static long Created()
    {
        var tensors = DisposeScopeManager.Statistics.TensorStatistics;
        return tensors.CreatedInScopeCount + tensors.CreatedOutsideScopeCount;
    }
}
