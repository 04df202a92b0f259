using Tempera.Model.Collections;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Baselines;

/// <summary>Random search: every object has the same probability, whatever has been seen.</summary>
public sealed class UniformProposer(IPositionalSpace space) : IProposer
{
    private readonly int[] _digits = new int[space.Positions];

    /// <inheritdoc/>
    public void Propose(RandomStream random, Span<UInt128> objects)
    {
        for (var b = 0; b < objects.Length; b++)
        {
            objects[b] = Draw(random, (ulong)b * (ulong)space.Positions);
        }
    }

    /// <inheritdoc/>
    public void Learn(RandomStream random, ReadOnlySpan<UInt128> objects, ReadOnlySpan<float> betas, ReadOnlySpan<double> logRewards)
    {
    }

    /// <inheritdoc/>
    public ScoredObjects Capture() => ScoredObjects.Pack([], []);

    /// <inheritdoc/>
    public void Restore(ScoredObjects state)
    {
    }

    /// <summary>An object from as many numbers of the stream as it has digits.</summary>
    public UInt128 Draw(RandomStream random, ulong position)
    {
        for (var i = 0; i < _digits.Length; i++)
        {
            _digits[i] = (int)random.Below(position + (ulong)i, space.Digits);
        }

        return space.FromDigits(_digits);
    }
}
