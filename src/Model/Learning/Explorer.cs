using Tempera.Model.Baselines;
using Tempera.Model.Collections;
using Tempera.Model.Engines;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Model.Learning;

/// <summary>
/// Methods without a policy that propose a part of each round. Their trajectories are drawn backwards with P_B, and as balance
/// conditions hold for every trajectory, whoever drew it, the policy learns from them as from its own.
/// </summary>
/// <remarks>
/// A genetic algorithm's population is of everything that was scored, the policy's objects included, as in Kim et al. 2024,
/// "Genetic-guided GFlowNets" (arXiv 2402.05961).
/// </remarks>
internal sealed class Explorer
{
    private readonly (string Name, IProposer Proposer)[] _methods;
    private readonly int[] _counts;
    private readonly LearnerSettings _settings;
    private readonly int _rounds;
    private readonly RandomStreams _streams;
    private readonly TrajectoryBatch _batch;
    private readonly UInt128[] _objects;

    private Explorer(DesignTask task, LearnerSettings settings, int rounds, RandomStreams streams)
    {
        (_settings, _rounds, _streams) = (settings, rounds, streams);
        _methods = [.. MethodCatalog.CreateExplorers(task, settings)];
        (_counts, _objects, _batch) = (new int[_methods.Length], new UInt128[settings.Batch], new TrajectoryBatch(task.Space, settings.Batch));
    }

    /// <summary>Objects of the current round that the policy does not propose.</summary>
    public int Count { get; private set; }

    /// <summary>The explorer of a campaign; null where it has none.</summary>
    /// <exception cref="SettingException">The space has not got what the methods need.</exception>
    public static Explorer? Create(DesignTask task, LearnerSettings settings, int rounds, RandomStreams streams) =>
        settings.Explorer == MethodCatalog.NoExplorer ? null : new Explorer(task, settings, rounds, streams);

    /// <summary>
    /// Begins a round: the methods propose the share (1 - t) explorer_start + t explorer_share of it, t going from 0 in the first planned round to
    /// 1 after the part explorer_ramp of them, and divide that equally.
    /// </summary>
    public void Begin(int round)
    {
        var progress = Math.Clamp((round - 1) / (_settings.ExplorerRamp * Math.Max(1, _rounds - 1)), 0, 1);
        var share = ((1 - progress) * _settings.ExplorerStart) + (progress * _settings.ExplorerShare);
        Count = (int)Math.Round(share * _settings.Batch, MidpointRounding.AwayFromZero);
        for (var m = 0; m < _counts.Length; m++)
        {
            _counts[m] = (Count * (m + 1) / _counts.Length) - (Count * m / _counts.Length);
        }
    }

    /// <summary>Puts trajectories in place of the last ones of a batch, at the betas that are there.</summary>
    public void Propose(IPolicyEngine engine, TrajectoryBatch batch, int round)
    {
        if (Count == 0)
        {
            return;
        }

        var (from, first) = (0, batch.Count - Count);
        for (var m = 0; m < _methods.Length; m++)
        {
            _methods[m].Proposer.Propose(_streams.At($"explorer-{_methods[m].Name}-proposal", round), _objects.AsSpan(from, _counts[m]));
            from += _counts[m];
        }

        _batch.Count = Count;
        batch.Betas.AsSpan(first, Count).CopyTo(_batch.Betas);
        engine.SampleBackward(_batch, _objects.AsSpan(0, Count), _streams.At("explorer-backward", round));
        _batch.States.AsSpan(0, Count * (batch.MaxSteps + 1)).CopyTo(batch.States.AsSpan(first * (batch.MaxSteps + 1)));
        _batch.Lengths.AsSpan(0, Count).CopyTo(batch.Lengths.AsSpan(first));
        batch.Version++;
    }

    /// <summary>Tells every method its own objects of the scored batch, and one that observes all of them.</summary>
    public void Learn(TrajectoryBatch batch, ReadOnlySpan<double> logRewards, int round)
    {
        var policy = batch.Count - Count;
        var from = 0;
        for (var m = 0; m < _methods.Length; m++)
        {
            if (_methods[m].Proposer is IObserver observer)
            {
                for (var b = 0; b < batch.Count; b++)
                {
                    observer.Observe(batch.Object(b), logRewards[b]);
                }
            }
            else
            {
                var (first, count) = (policy + from, _counts[m]);
                _methods[m].Proposer.Learn(
                    _streams.At($"explorer-{_methods[m].Name}-decision", round), _objects.AsSpan(from, count), batch.Betas.AsSpan(first, count), logRewards.Slice(first, count));
            }

            from += _counts[m];
        }
    }

    /// <summary>State of each method for a checkpoint.</summary>
    public IReadOnlyList<ScoredObjects> Capture() => [.. _methods.Select(static method => method.Proposer.Capture())];

    /// <summary>Restores what <see cref="Capture"/> returned.</summary>
    /// <exception cref="InvalidDataException">It is not the state of these methods.</exception>
    public void Restore(IReadOnlyList<ScoredObjects>? states)
    {
        if (states?.Count != _methods.Length)
        {
            throw new InvalidDataException($"An explorer of {_methods.Length} methods is restored from the state of each; received {states?.Count ?? 0}. Restore with the settings the checkpoint was written with.");
        }

        for (var m = 0; m < _methods.Length; m++)
        {
            _methods[m].Proposer.Restore(states[m]);
        }
    }
}
