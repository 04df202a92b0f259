using Tempera.Model.Collections;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Baselines;

/// <summary>
/// A genetic algorithm with elitist survival, (mu + lambda): the population is the mu best objects seen. Each child has two
/// parents, each the better of two drawn uniformly, takes every digit from either with probability 1/2, and has each digit
/// replaced by another value with probability m / positions.
/// </summary>
/// <remarks>
/// Uniform objects fill the population first. A child that is in the population, or twice in a batch, is mutated at one more
/// digit up to <see cref="Attempts"/> times, so that the oracle is seldom asked again. Rewards decide, betas do not. Ties keep
/// the older object.
/// </remarks>
public sealed class GeneticAlgorithm : IProposer, IObserver
{
    /// <summary>Times a child that is already there is mutated again.</summary>
    public const int Attempts = 8;

    private readonly IPositionalSpace _space;
    private readonly UniformProposer _uniform;
    private readonly UInt128[] _objects;
    private readonly double[] _logRewards;
    private readonly double _mutation;
    private readonly int[] _digits;
    private readonly int[] _other;
    private int _count;

    /// <summary>An empty population.</summary>
    /// <param name="space">A space of digit strings.</param>
    /// <param name="population">mu, at least 2.</param>
    /// <param name="mutations">m, the expected number of mutated digits of a child.</param>
    public GeneticAlgorithm(IPositionalSpace space, int population, double mutations)
    {
        (_space, _uniform) = (space, new UniformProposer(space));
        (_objects, _logRewards) = (new UInt128[population], new double[population]);
        _mutation = Math.Min(1, mutations / space.Positions);
        (_digits, _other) = (new int[space.Positions], new int[space.Positions]);
    }

    /// <summary>The population, best first.</summary>
    public ReadOnlySpan<UInt128> Population => _objects.AsSpan(0, _count);

    /// <inheritdoc/>
    public void Propose(RandomStream random, Span<UInt128> objects)
    {
        // Numbers of a child: four for its parents, three a digit, two an attempt.
        var numbers = (ulong)(4 + 3 * _space.Positions + 2 * Attempts);
        for (var b = 0; b < objects.Length; b++)
        {
            var position = (ulong)b * numbers;
            objects[b] = _count < _objects.Length ? _uniform.Draw(random, position) : Child(random, position, objects[..b]);
        }
    }

    /// <inheritdoc/>
    public void Learn(RandomStream random, ReadOnlySpan<UInt128> objects, ReadOnlySpan<float> betas, ReadOnlySpan<double> logRewards)
    {
        for (var b = 0; b < objects.Length; b++)
        {
            Admit(objects[b], logRewards[b]);
        }
    }

    /// <summary>Takes an object into the population where it is better than the worst there and not there yet; returns whether it did.</summary>
    public bool Admit(UInt128 terminal, double logReward) =>
        double.IsFinite(logReward) && !Population.Contains(terminal) && Insert(terminal, logReward);

    /// <inheritdoc/>
    public void Observe(UInt128 terminal, double logReward) => Admit(terminal, logReward);

    /// <inheritdoc/>
    public ScoredObjects Capture() => ScoredObjects.Pack(_objects.AsSpan(0, _count), _logRewards.AsSpan(0, _count));

    /// <inheritdoc/>
    public void Restore(ScoredObjects state)
    {
        var (objects, logRewards) = state.Unpack();
        if (objects.Length > _objects.Length)
        {
            throw new InvalidDataException($"A population has at most {_objects.Length} objects; received {objects.Length}. Restore with the settings the checkpoint was written with.");
        }

        objects.CopyTo(_objects, 0);
        logRewards.CopyTo(_logRewards, 0);
        _count = objects.Length;
    }

    private UInt128 Child(RandomStream random, ulong position, ReadOnlySpan<UInt128> siblings)
    {
        _space.GetDigits(Parent(random, position), _digits);
        _space.GetDigits(Parent(random, position + 2), _other);
        position += 4;
        for (var i = 0; i < _digits.Length; i++, position += 3)
        {
            _digits[i] = random.Uniform(position) < 0.5 ? _digits[i] : _other[i];
            if (random.Uniform(position + 1) < _mutation)
            {
                Mutate(i, random, position + 2);
            }
        }

        var child = _space.FromDigits(_digits);
        for (var attempt = 0; attempt < Attempts && (Population.Contains(child) || siblings.Contains(child)); attempt++, position += 2)
        {
            Mutate((int)random.Below(position, _digits.Length), random, position + 1);
            child = _space.FromDigits(_digits);
        }

        return child;
    }

    /// <summary>The better of two members; the population is in order, so it is the one with the smaller number.</summary>
    private UInt128 Parent(RandomStream random, ulong position) =>
        _objects[Math.Min(random.Below(position, _count), random.Below(position + 1, _count))];

    private void Mutate(int digit, RandomStream random, ulong position) =>
        _digits[digit] = (_digits[digit] + 1 + (int)random.Below(position, _space.Digits - 1)) % _space.Digits;

    private bool Insert(UInt128 terminal, double logReward)
    {
        var rank = _count;
        while (rank > 0 && _logRewards[rank - 1] < logReward)
        {
            rank--;
        }

        if (rank == _objects.Length)
        {
            return false;
        }

        _count = Math.Min(_count + 1, _objects.Length);
        Array.Copy(_objects, rank, _objects, rank + 1, _count - rank - 1);
        Array.Copy(_logRewards, rank, _logRewards, rank + 1, _count - rank - 1);
        (_objects[rank], _logRewards[rank]) = (terminal, logReward);
        return true;
    }
}
