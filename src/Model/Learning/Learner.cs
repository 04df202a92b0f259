using Tempera.Model.Engines;
using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Tempera.Model.Serialization;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Model.Learning;

/// <summary>
/// The learner of one campaign: proposes the objects of a round, then takes the round's gradient steps on their scores and
/// on replayed objects. A function of task, settings, seed and what it is told; never reads a clock.
/// </summary>
/// <remarks>Not thread safe: one caller at a time. Kim et al. 2024 (arXiv 2310.02823), algorithm 1.</remarks>
public sealed class Learner : IDisposable
{
    /// <summary>Builds the networks and initialises them from the seed.</summary>
    public Learner(DesignTask task, LearnerSettings settings, ulong seed, int rounds, long? budget)
    {
        Task = task;
        Settings = settings;
        Streams = new RandomStreams(seed);
        (_rounds, _budget) = (rounds, budget);
    }

    private readonly int _rounds;
    private readonly long? _budget;

    /// <summary>The design problem.</summary>
    public DesignTask Task { get; }

    /// <summary>Resolved settings.</summary>
    public LearnerSettings Settings { get; }

    /// <summary>All randomness.</summary>
    public RandomStreams Streams { get; }

    /// <summary>The engine, for sampling and evaluation between rounds.</summary>
    public IPolicyEngine Engine => throw new NotSupportedException();

    /// <summary>Rounds learned.</summary>
    public int Round { get; private set; }

    /// <summary>Draws the betas and trajectories of the next round; the spans stay valid until the next call.</summary>
    public Proposal Propose(in ScheduleContext context) => throw new NotSupportedException($"{_rounds}{_budget}{context}");

    /// <summary>
    /// Takes the gradient steps of the proposed round: K on the proposals with the betas they were explored at, then K on the
    /// replayed objects with betas from P_train and trajectories from P_B. Empty replay spans skip the latter.
    /// </summary>
    /// <exception cref="LearnerDivergedException">Too many steps in a row had non-finite values.</exception>
    public LearnOutcome Learn(ReadOnlySpan<double> scores, ReadOnlySpan<UInt128> replayObjects, ReadOnlySpan<double> replayScores) =>
        throw new NotSupportedException();

    /// <summary>Named views of all weights, for weights.safetensors; writing into them restores.</summary>
    public IReadOnlyList<NamedTensor> Weights => throw new NotSupportedException();

    /// <summary>Named views of both Adam moments, for optimizer.safetensors; writing into them restores.</summary>
    public IReadOnlyList<NamedTensor> OptimizerMoments => throw new NotSupportedException();

    /// <summary>What a checkpoint keeps beside the tensors.</summary>
    public LearnerProgress Capture() => throw new NotSupportedException();

    /// <summary>Completes a restore after the tensors have been written: sets counters and tells the engine.</summary>
    public void Restore(LearnerProgress progress) => throw new NotSupportedException($"{progress}");

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
