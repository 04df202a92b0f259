using Tempera.Model.Collections;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Baselines;

/// <summary>
/// Annealed Markov chain Monte Carlo: each element of a batch is a Metropolis-Hastings chain whose next object is a uniformly drawn
/// neighbour x' of its object x, accepted with probability min(1, ( R(x') / R(x) )^beta |N(x)| / |N(x')| ).
/// </summary>
/// <remarks>
/// At a constant beta the chains' stationary distribution is R(x)^beta / Z; with an annealing schedule of exploration betas they move from
/// exploring to climbing, as MARS does (Xie et al. 2021, arXiv 2103.10432), whose learned proposal this leaves out. Chains begin
/// at uniform objects.
/// </remarks>
public sealed class MarkovChains : IProposer
{
    private readonly IPositionalSpace _space;
    private readonly UniformProposer _uniform;
    private readonly UInt128[] _neighbours;
    private readonly UInt128[] _objects;
    private readonly double[] _logRewards;

    /// <summary>Chains that have not started.</summary>
    public MarkovChains(IPositionalSpace space, int chains)
    {
        (_space, _uniform) = (space, new UniformProposer(space));
        _neighbours = new UInt128[space.MaxNeighbours];
        (_objects, _logRewards) = (new UInt128[chains], new double[chains]);
        Array.Fill(_logRewards, double.NaN);
    }

    /// <summary>Where each chain is, once started.</summary>
    public ReadOnlySpan<UInt128> Objects => _objects;

    /// <inheritdoc/>
    public void Propose(RandomStream random, Span<UInt128> objects)
    {
        for (var b = 0; b < objects.Length; b++)
        {
            var position = (ulong)b * (ulong)(_space.Positions + 1);
            objects[b] = IsStarted(b)
                ? _neighbours[random.Below(position, _space.GetNeighbours(_objects[b], _neighbours))]
                : _uniform.Draw(random, position);
        }
    }

    /// <inheritdoc/>
    public void Learn(RandomStream random, ReadOnlySpan<UInt128> objects, ReadOnlySpan<float> betas, ReadOnlySpan<double> logRewards)
    {
        for (var b = 0; b < objects.Length; b++)
        {
            if (!IsStarted(b) || Accepts(random.Uniform((ulong)b), b, objects[b], betas[b], logRewards[b]))
            {
                (_objects[b], _logRewards[b]) = (objects[b], logRewards[b]);
            }
        }
    }

    /// <inheritdoc/>
    public ScoredObjects Capture() => ScoredObjects.Pack(_objects, _logRewards);

    /// <inheritdoc/>
    public void Restore(ScoredObjects state)
    {
        var (objects, logRewards) = state.Unpack();
        if (objects.Length != 0 && objects.Length != _objects.Length)
        {
            throw new InvalidDataException($"There are {_objects.Length} chains; received the state of {objects.Length}. Restore with the settings the checkpoint was written with.");
        }

        Array.Fill(_logRewards, double.NaN);
        objects.CopyTo(_objects, 0);
        logRewards.CopyTo(_logRewards, 0);
    }

    private bool IsStarted(int chain) => !double.IsNaN(_logRewards[chain]);

    // Objects at an edge of the space have fewer neighbours, which the ratio of their numbers makes up for.
    private bool Accepts(double uniform, int chain, UInt128 candidate, float beta, double logReward)
    {
        var (here, there) = (_space.GetNeighbours(_objects[chain], _neighbours), _space.GetNeighbours(candidate, _neighbours));
        return Math.Log(uniform) < beta * (logReward - _logRewards[chain]) + Math.Log((double)here / there);
    }
}
