using Tempera.Model.Engines;
using Xunit;

namespace Tempera.Torch.Tests.Learning;

public sealed class DeviceLearnerTests
{
    private static readonly (string, string)[] Small = [("width", "16"), ("batch", "16"), ("replay_batch", "16"), ("threads", "1")];

    public static TheoryData<string, string, string> Campaigns() => new()
    {
        { "ssr", "logit", "uniform:1,3" }, { "sa", "layer", "annealing:1,3" }, { "ssr", "thermometer", "log-uniform:1,3" }, { "sa", "none", "constant:1" },
    };

    [Theory]
    [MemberData(nameof(Campaigns))]
    public void ThreeWaysToTakeARoundLearnTheSame(string parametrization, string conditioning, string explore)
    {
        LibTorch.Require();
        using var simd = Create(new SimdEngineFactory(), parametrization, conditioning, explore);
        using var host = Create(TorchFactory.Host, parametrization, conditioning, explore);
        using var resident = Create(TorchFactory.Resident, parametrization, conditioning, explore);
        var expected = simd.Run(3);
        foreach (var other in new[] { host, resident })
        {
            var outcome = other.Run(3);
            Assert.Equal(simd.Proposed, other.Proposed);
            Assert.Equal(expected.Loss, outcome.Loss, 5e-3 * Math.Abs(expected.Loss));
            Assert.Equal(expected.ReplayLoss, outcome.ReplayLoss, 5e-3 * Math.Abs(expected.ReplayLoss));
            Assert.Equal(expected.LogZ, outcome.LogZ, 1e-4);
            Assert.Equal(expected.GradientNorm, outcome.GradientNorm, 1e-2 * expected.GradientNorm);
            if (parametrization == "sa")
            {
                // A state-to-state scorer has weights that its softmax does not see: Adam makes whole steps of their gradient's rounding.
                AssertClose(simd.Weights(), other.Weights(), 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ACheckpointOfOneEngineResumesOnAnother(bool isResident)
    {
        LibTorch.Require();
        var torch = isResident ? TorchFactory.Resident : TorchFactory.Host;
        using var whole = Create(new SimdEngineFactory(), "sa");
        using var first = Create(new SimdEngineFactory(), "sa");
        using var second = Create(torch, "sa");
        using var third = Create(new SimdEngineFactory(), "sa");
        whole.Run(9);
        first.Run(3);
        second.Resume(first);
        second.Run(6);
        third.Resume(second);
        third.Run(9);
        Assert.Equal(whole.Proposed[(6 * 16)..], third.Proposed);
        Assert.Equal(whole.Learner.Capture().AdamSteps, third.Learner.Capture().AdamSteps);
        AssertClose(whole.Weights(), third.Weights(), 1e-4);
    }

    [Fact]
    public void OnTheCpuAResumedTorchRunGoesOnBitForBit()
    {
        LibTorch.Require();
        using var whole = Create(TorchFactory.Resident);
        using var half = Create(TorchFactory.Resident);
        using var rest = Create(TorchFactory.Resident);
        whole.Run(20);
        half.Run(10);
        rest.Resume(half);
        rest.Run(20);
        Assert.Equal(whole.Proposed[(10 * 16)..], rest.Proposed);
        Assert.Equal(whole.Weights(), rest.Weights());
    }

    [Fact]
    public void AResidentRoundWaitsOnce()
    {
        LibTorch.Require();
        using var campaign = Create(TorchFactory.Resident);
        campaign.Run(3);
        campaign.Learner.Engine.Counters.Reset();
        campaign.Run(4);

        // Reset again by the round itself, which counts from there: all the waiting is in learning.
        Assert.Equal(1, campaign.Learner.Engine.Counters.Waits);
    }

    [Fact]
    public void WhatIsAskedBetweenRoundsChangesNoRound()
    {
        LibTorch.Require();
        using var plain = Create(TorchFactory.Resident);
        using var asked = Create(TorchFactory.Resident);
        plain.Run(12);
        for (var round = 1; round <= 12; round++)
        {
            asked.Run(round);
            asked.Learner.Engine.LogZ(2);
            asked.Learner.Engine.LogitScales(2);
            var batch = new TrajectoryBatch(asked.Learner.Task.Space, 8) { Count = 8 };
            Array.Fill(batch.Betas, 1.5f);
            asked.Learner.Engine.SampleForward(batch, 0, asked.Learner.Streams.At("sample", round));
            asked.Learner.Engine.Evaluate(batch, new TrajectoryTerms(8, batch.MaxSteps));
        }

        Assert.Equal(plain.Proposed, asked.Proposed);
        Assert.Equal(plain.Weights(), asked.Weights());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ANonFiniteLossNeverReachesTheWeightsAndIsCounted(bool isResident)
    {
        LibTorch.Require();
        using var campaign = Create(isResident ? TorchFactory.Resident : TorchFactory.Host);
        campaign.Run(3);
        var (before, steps) = (campaign.Weights(), campaign.Learner.Capture().AdamSteps[0]);
        campaign.Distort = double.NaN;
        campaign.Run(5);
        Assert.Equal(2, campaign.Learner.Capture().SkippedSteps);

        // Replayed objects still have their scores.
        Assert.Equal(steps + 2, campaign.Learner.Capture().AdamSteps[0]);
        Assert.NotEqual(before, campaign.Weights());
        Assert.All(campaign.Weights(), static weight => Assert.True(float.IsFinite(weight)));
    }

    private static DeviceCampaign Create(IPolicyEngineFactory engines, string parametrization = "ssr", string conditioning = "logit", string explore = "uniform:1,3") => new(
        "hypergrid", engines,
        [.. Small, ("dims", "2"), ("side", "6"), ("parametrization", parametrization), ("conditioning", conditioning), ("explore", explore), ("train", conditioning == "none" ? explore : "uniform:1,3")]);

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        var difference = Math.Sqrt(expected.Zip(actual, static (a, b) => Math.Pow((double)a - b, 2)).Sum());
        Assert.InRange(difference / Math.Sqrt(expected.Sum(static a => (double)a * a)), 0, tolerance);
    }
}
