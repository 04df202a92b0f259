using System.Globalization;

namespace Tempera.Torch.Tests.Engines;

/// <summary>The worst relative differences between two engines.</summary>
internal sealed class Differences
{
    /// <summary>log P_F, log P_B and log Z: |a - b| / max(1, |a|).</summary>
    public double Terms { get; private set; }

    /// <summary>Gradient of a network: Euclidean norm of the difference over that of the gradient.</summary>
    public double Gradient { get; private set; }

    /// <summary>Takes in what a pair of engines has computed of one batch.</summary>
    public void Add(EnginePair pair)
    {
        var steps = pair.SimdBatch.Count * pair.Space.MaxSteps;
        AddTerms(pair.SimdTerms.LogForward.AsSpan(0, steps), pair.TorchTerms.LogForward.AsSpan(0, steps));
        AddTerms(pair.SimdTerms.LogBackward.AsSpan(0, steps), pair.TorchTerms.LogBackward.AsSpan(0, steps));
        for (var b = 0; b < pair.SimdBatch.Count; b++)
        {
            AddTerm(pair.SimdTerms.LogZ[b], pair.TorchTerms.LogZ[b]);
        }

        AddTerms(pair.SimdTerms.LogFlow, pair.TorchTerms.LogFlow);
        AddTerms(pair.SimdTerms.LogInflow, pair.TorchTerms.LogInflow);
        AddTerms(pair.SimdTerms.Potential, pair.TorchTerms.Potential);
        foreach (var (simd, torch) in pair.Networks)
        {
            AddGradient(simd.Gradient, torch.Gradient);
        }
    }

    /// <summary>Takes in what was found elsewhere.</summary>
    public void Include(Differences other, bool withGradient)
    {
        Terms = Math.Max(Terms, other.Terms);
        Gradient = withGradient ? Math.Max(Gradient, other.Gradient) : Gradient;
    }

    /// <summary>Takes in two gradients.</summary>
    public void AddGradient(float[] expected, float[] actual)
    {
        var (difference, norm) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow((double)expected[i] - actual[i], 2);
            norm += Math.Pow(expected[i], 2);
        }

        Gradient = Math.Max(Gradient, double.IsFinite(difference) ? Math.Sqrt(difference) / Math.Max(1e-6, Math.Sqrt(norm)) : double.PositiveInfinity);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"terms {Terms:0.0e+0}, gradients {Gradient:0.0e+0}");

    private void AddTerms(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            AddTerm(expected[i], actual[i]);
        }
    }

    private void AddTerms(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            AddTerm(expected[i], actual[i]);
        }
    }

    private void AddTerm(double expected, double actual) =>
        Terms = double.IsNegativeInfinity(expected) && double.IsNegativeInfinity(actual) ? Terms : Math.Max(Terms, double.IsFinite(actual) ? Math.Abs(expected - actual) / Math.Max(1, Math.Abs(expected)) : double.PositiveInfinity);
}
