using Tempera.Model.Random;

namespace Tempera.Torch.Tests.Engines;

/// <summary>
/// Compares two engines on the same trajectories. Rounding may put a value that a network computes on the other side of a bend of its
/// function (LeakyReLU at zero, a logit at its clamp), and then the gradients differ by a jump though both are right. That is a
/// coincidence of one draw of the weights, gone with the next, where a wrong derivative stays wrong. So gradients must agree within
/// the tolerance for one of three draws, and everything else for each.
/// </summary>
internal sealed class Agreement(double tolerance)
{
    private const int Draws = 3;

    /// <summary>Worst differences: terms of all draws, gradients of the draw that counts.</summary>
    public Differences Worst { get; } = new();

    /// <summary>Draws whose gradients differed by more than the tolerance.</summary>
    public int Redrawn { get; private set; }

    /// <summary>Compares the pair that a function makes of a seed.</summary>
    public void Add(Func<ulong, EnginePair> create, ulong seed)
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            var differences = Compare(create, seed + (1000 * (ulong)draw));
            var agrees = differences.Gradient <= tolerance;
            Worst.Include(differences, withGradient: agrees || draw == Draws - 1);
            if (agrees)
            {
                return;
            }

            Redrawn++;
        }
    }

    public override string ToString() => $"{Worst}, {Redrawn} drawn again";

    private static Differences Compare(Func<ulong, EnginePair> create, ulong seed)
    {
        using var pair = create(seed);
        pair.Simd.SampleForward(pair.SimdBatch, 0.1f, new RandomStreams(seed).At(RandomStreams.Policy, 1));
        pair.CopyTrajectories();
        pair.Simd.Evaluate(pair.SimdBatch, pair.SimdTerms);
        pair.Torch.Evaluate(pair.TorchBatch, pair.TorchTerms);
        pair.FillCoefficients(seed);
        pair.Simd.Backward(pair.SimdBatch, pair.SimdTerms);
        pair.Torch.Backward(pair.TorchBatch, pair.TorchTerms);
        var differences = new Differences();
        differences.Add(pair);
        return differences;
    }
}
