using Tempera.Model.Collections;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Baselines;

/// <summary>
/// Random search without replacement: uniform over the objects that were not scored yet, whoever proposed those that were.
/// </summary>
/// <remarks>
/// An object that was scored, or is twice in a batch, is drawn again up to <see cref="Attempts"/> times, so that a share q of the space that is
/// known leaves repeats with probability q^(Attempts + 1).
/// </remarks>
public sealed class UnseenProposer(IPositionalSpace space) : IProposer, IObserver
{
    /// <summary>Times an object that was scored before is drawn again.</summary>
    public const int Attempts = 63;

    private readonly UniformProposer _uniform = new(space);
    private readonly ulong _numbers = (ulong)(space.Positions * (Attempts + 1));
    private PackedSet _seen = new();

    /// <inheritdoc/>
    public void Propose(RandomStream random, Span<UInt128> objects)
    {
        for (var b = 0; b < objects.Length; b++)
        {
            var position = (ulong)b * _numbers;
            for (var attempt = 0; attempt <= Attempts; attempt++, position += (ulong)space.Positions)
            {
                objects[b] = _uniform.Draw(random, position);
                if (_seen.IndexOf(objects[b]) < 0 && !objects[..b].Contains(objects[b]))
                {
                    break;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Learn(RandomStream random, ReadOnlySpan<UInt128> objects, ReadOnlySpan<float> betas, ReadOnlySpan<double> logRewards)
    {
        for (var b = 0; b < objects.Length; b++)
        {
            Observe(objects[b], logRewards[b]);
        }
    }

    /// <inheritdoc/>
    public void Observe(UInt128 terminal, double logReward) => _seen.Add(terminal);

    /// <inheritdoc/>
    public ScoredObjects Capture() => ScoredObjects.Pack(_seen.ToArray(), new double[_seen.Count]);

    /// <inheritdoc/>
    public void Restore(ScoredObjects state)
    {
        _seen = new PackedSet();
        foreach (var terminal in state.Unpack().Objects)
        {
            _seen.Add(terminal);
        }
    }
}
