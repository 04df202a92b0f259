using Tempera.Model.Engines.Torch;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Torch.Tests.Engines;
using Tempera.Torch.Tests.Learning;
using Xunit;

namespace Tempera.Torch.Tests.Devices;

/// <summary>What only a GPU can show; skipped with a reason where there is none.</summary>
public sealed class CudaTests
{
    [Theory]
    [InlineData(Parametrization.Ssr, 0)]
    [InlineData(Parametrization.Ssr, 1 << 28)]
    [InlineData(Parametrization.Sa, 0)]
    [InlineData(Parametrization.Sa, 1 << 28)]
    public void TermsAndGradientsAgreeWithTheSimdEngine(Parametrization parametrization, long tableBytes)
    {
        LibTorch.RequireCuda();
        var worst = new Differences();
        foreach (var conditioning in Enum.GetValues<Conditioning>())
        {
            var settings = new LearnerSettings
            {
                Parametrization = parametrization,
                Conditioning = conditioning,
                Width = 128,
            };
            var options = new TorchOptions
            {
                CudaIndex = 0,
                TableBytes = tableBytes,
            };
            using var pair = new EnginePair(new PrependAppendSpace("ACGT", 8), settings, options, 64, 64);
            pair.Simd.SampleForward(pair.SimdBatch, 0.1f, new RandomStreams(1).At(RandomStreams.Policy, 1));
            pair.CopyTrajectories();
            pair.Simd.Evaluate(pair.SimdBatch, pair.SimdTerms);
            pair.Torch.Evaluate(pair.TorchBatch, pair.TorchTerms);
            pair.FillCoefficients(1);
            pair.Simd.Backward(pair.SimdBatch, pair.SimdTerms);
            pair.Torch.Backward(pair.TorchBatch, pair.TorchTerms);
            worst.Add(pair);
        }

        Assert.InRange(worst.Terms, 0, 1e-5);
        Assert.InRange(worst.Gradient, 0, 1e-5);
    }

    [Fact]
    public void ARoundWaitsOnce()
    {
        LibTorch.RequireCuda();
        using var campaign = new DeviceCampaign("hypergrid", new TorchFactory(new TorchOptions { CudaIndex = 0 }), ("dims", "2"), ("side", "8"));
        campaign.Run(5);
        Assert.Equal(1, campaign.Learner.Engine.Counters.Waits);
    }
}
