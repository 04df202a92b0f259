using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Tempera.Contracts.Errors;
using Tempera.Model.Engines;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Silo.Devices;
using Tempera.Silo.Tools;
using Tempera.Torch.Tests.Engines;
using Tempera.Torch.Tests.Learning;
using TorchSharp;
using Xunit;

namespace Tempera.Torch.Tests.Devices;

/// <summary>What only a GPU can show; skipped with a reason where there is none.</summary>
public sealed partial class CudaTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(Parametrization.Ssr, 0)]
    [InlineData(Parametrization.Ssr, 1 << 28)]
    [InlineData(Parametrization.Sa, 0)]
    [InlineData(Parametrization.Sa, 1 << 28)]
    public void TermsAndGradientsAgreeWithTheSimdEngine(Parametrization parametrization, long tableBytes)
    {
        LibTorch.RequireCuda();
        var options = new TorchOptions
        {
            CudaIndex = 0,
            TableBytes = tableBytes,
        };
        var agreement = new Agreement(Tolerance);
        foreach (var conditioning in Enum.GetValues<Conditioning>())
        {
            var settings = new LearnerSettings
            {
                Parametrization = parametrization,
                Conditioning = conditioning,
                Width = 128,
            };
            for (var seed = 11UL; seed < 14; seed++)
            {
                agreement.Add(seed => new EnginePair(new PrependAppendSpace("ACGT", 8), settings, options, 64, 64, seed), seed);
            }
        }

        output.WriteLine($"{parametrization}, tables of {tableBytes} bytes: {agreement}");
        Assert.InRange(agreement.Worst.Terms, 0, Tolerance);
        Assert.InRange(agreement.Worst.Gradient, 0, Tolerance);
    }

    [Fact]
    public void ARoundWaitsOnce()
    {
        LibTorch.RequireCuda();
        using var campaign = new DeviceCampaign("hypergrid", new TorchFactory(new TorchOptions { CudaIndex = 0 }), ("dims", "2"), ("side", "8"));
        campaign.Run(5);
        Assert.Equal(1, campaign.Learner.Engine.Counters.Waits);
    }

    [Theory]
    [InlineData("ssr")]
    [InlineData("sa")]
    public void TrajectoriesAreThoseOfTheCpuUpToRounding(string parametrization)
    {
        LibTorch.RequireCuda();
        (string, string)[] settings = [("dims", "2"), ("side", "8"), ("batch", "512"), ("parametrization", parametrization)];
        using var cpu = new DeviceCampaign("hypergrid", TorchFactory.Resident, settings);
        using var gpu = new DeviceCampaign("hypergrid", new TorchFactory(new TorchOptions { CudaIndex = 0 }), settings);
        cpu.Run(1);
        gpu.Run(1);
        Assert.Equal(cpu.Proposed.Count, gpu.Proposed.Count);
        Assert.InRange(cpu.Proposed.Zip(gpu.Proposed).Count(static pair => pair.First != pair.Second), 0, 5);
    }

    [Fact]
    public void TheDriverSaysWhatTheGpuIs()
    {
        LibTorch.RequireCuda();
        using var held = torch.empty(1 << 28, device: torch.CUDA);
        var facts = NvidiaManagement.Read(0);
        Assert.NotNull(facts);
        Assert.NotEmpty(facts.Name);
        Assert.InRange(facts.UsedBytes, held.NumberOfElements * sizeof(float), facts.TotalBytes);
        Assert.InRange(facts.ReservedBytes, 0, facts.TotalBytes);
        Assert.InRange(facts.Utilization, 0, 1);
    }

    [Fact]
    public void WhenMemoryIsUsedUpTheErrorNamesTheGpusCapacity()
    {
        LibTorch.RequireCuda();
        var space = new PrependAppendSpace("ACGU", 14);
        var guard = new OutOfMemoryGuard(space, new PolicyArchitecture(space, new LearnerSettings { Width = 1024 }, (1, 3)));
        var error = Assert.Throws<OutOfDeviceMemoryException>(() => guard.Run(65536, static () => torch.empty(1L << 40, device: torch.CUDA).Dispose()));
        var named = double.Parse(Capacity().Match(error.Message).Groups[1].Value, CultureInfo.InvariantCulture) * (1L << 30);
        var total = NvidiaManagement.Read(0)!.TotalBytes;
        Assert.InRange(named, 0.95 * total, total);
    }

    [Fact]
    public void ABenchmarkThatDoesNotFitSaysWhichBatchWould()
    {
        LibTorch.RequireCuda();
        var options = new RoundBenchmarkOptions
        {
            Task = "tfbind8",
            Rounds = 1,
            WarmUp = 0,
            Settings = ImmutableDictionary.CreateRange<string, string>([new("device", "cuda:0"), new("batch", "65536"), new("replay_batch", "65536"), new("width", "4096")]),
        };
        var error = Assert.Throws<TemperaException>(() => RoundBenchmark.Run(options));
        Assert.Equal(TemperaError.Device, error.Code);
    }

    [GeneratedRegex("device's ([0-9.]+) GiB")]
    private static partial Regex Capacity();
}
