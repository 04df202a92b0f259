using Tempera.Model.Engines.Torch;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Torch.Tests.Engines;

/// <summary>Engine against engine: same parameters, same trajectories, two independent computations.</summary>
public sealed class TorchEngineTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-5;

    public static TheoryData<Parametrization, Conditioning> Networks()
    {
        var data = new TheoryData<Parametrization, Conditioning>();
        foreach (var parametrization in Enum.GetValues<Parametrization>())
        {
            foreach (var conditioning in Enum.GetValues<Conditioning>())
            {
                data.Add(parametrization, conditioning);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void TermsAndGradientsAgreeWithTheSimdEngine(Parametrization parametrization, Conditioning conditioning)
    {
        LibTorch.Require();
        var agreement = new Agreement(Tolerance);
        for (var trial = 0; trial < 24; trial++)
        {
            var draw = new RandomStreams((ulong)trial).At("trial", (int)parametrization + (10 * (int)conditioning));
            var number = trial;
            agreement.Add(seed => Pair(draw, parametrization, conditioning, number, seed), (ulong)trial);
        }

        output.WriteLine($"{parametrization} {conditioning}: {agreement}");
        Assert.InRange(agreement.Worst.Terms, 0, Tolerance);
        Assert.InRange(agreement.Worst.Gradient, 0, Tolerance);
    }

    [Theory]
    [InlineData("db", Conditioning.Logit)]
    [InlineData("subtb", Conditioning.Layer)]
    [InlineData("fm", Conditioning.Logit)]
    [InlineData("fm", Conditioning.None)]
    [InlineData("led-db", Conditioning.Logit)]
    [InlineData("led-subtb", Conditioning.LogitLayer)]
    [InlineData("maxent", Conditioning.Logit)]
    public void PartsOfOtherObjectivesAgreeWithTheSimdEngine(string objective, Conditioning conditioning)
    {
        LibTorch.Require();
        var agreement = new Agreement(Tolerance);
        for (var trial = 0; trial < 12; trial++)
        {
            IDesignSpace space = (trial % 3) switch { 0 => new HypergridSpace(2, 5), 1 => new PrependAppendSpace("ACG", 5), _ => new AppendSpace("AB", 5) };
            var settings = new LearnerSettings
            {
                Objective = objective,
                BackwardPolicy = objective == "maxent" ? BackwardPolicy.Uniform : BackwardPolicy.Learned,
                Conditioning = conditioning,
                Parametrization = trial % 2 == 0 ? Parametrization.Ssr : Parametrization.Sa,
                Width = 24,
                LogitRank = 2,
            };
            var options = new TorchOptions
            {
                TableBytes = trial < 6 ? 0 : 1 << 28,
                Threads = 1,
            };
            agreement.Add(seed => new EnginePair(space, settings, options, 20, 20, seed), (ulong)trial);
        }

        output.WriteLine($"{objective} {conditioning}: {agreement}");
        Assert.InRange(agreement.Worst.Terms, 0, Tolerance);
        Assert.InRange(agreement.Worst.Gradient, 0, Tolerance);
    }

    private static EnginePair Pair(RandomStream draw, Parametrization parametrization, Conditioning conditioning, int trial, ulong seed)
    {
        IDesignSpace[] spaces =
        [
            new PrependAppendSpace("ACGT", 5), new PrependAppendSpace("ABCDEFG", 3), new PrependAppendSpace("AB", 9),
            new AppendSpace("ACGT", 4), new HypergridSpace(2, 6), new HypergridSpace(3, 4),
        ];
        int[] widths = [8, 16, 20, 64, 130];
        int[] batches = [1, 7, 32, 65];
        var settings = new LearnerSettings
        {
            Parametrization = parametrization,
            Conditioning = conditioning,
            Width = widths[(int)draw.Below(0, widths.Length)],
            LogitRank = 1 + (int)draw.Below(1, 3),
            LogitClamp = draw.Below(2, 2) == 0 ? 20 : 0.05,
            BetaInput = trial % 3 == 0 ? BetaInput.Log : BetaInput.Raw,
        };
        var options = new TorchOptions
        {
            TableBytes = trial % 2 == 0 ? 0 : 1 << 28,
            Threads = 1,
        };
        return new EnginePair(
            spaces[trial % spaces.Length], settings, options, batches[(int)draw.Below(3, batches.Length)], draw.Below(4, 2) == 0 ? 1 : 10_000, seed);
    }
}
