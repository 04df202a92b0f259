using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Training;
using Tempera.Model.Learning;
using Tempera.Model.Schedules;
using Tempera.Model.Serialization;

namespace Tempera.Grains.Training;

/// <summary>What a trainer needs of a learner; one caller at a time. See <see cref="Learner"/>.</summary>
internal interface ILearner : IDisposable
{
    /// <summary>Rounds learned.</summary>
    int Round { get; }

    /// <summary>Named views of all weights.</summary>
    IReadOnlyList<NamedTensor> Weights { get; }

    /// <summary>Named views of the optimiser's moments.</summary>
    IReadOnlyList<NamedTensor> OptimizerMoments { get; }

    /// <summary>Draws the next round's betas and objects.</summary>
    Proposal Propose(in ScheduleContext context);

    /// <summary>Takes the round's gradient steps.</summary>
    LearnOutcome Learn(ReadOnlySpan<double> scores, ReadOnlySpan<UInt128> replayObjects, ReadOnlySpan<double> replayScores);

    /// <summary>Learns the next round from trajectories that searchers drew; see <see cref="Learner.Adopt"/>.</summary>
    LearnOutcome LearnSearched(in ScheduleContext context, SearchedRound round);

    /// <summary>Named views of the weights that searchers need; none where nobody else can sample.</summary>
    IReadOnlyList<NamedTensor> Published { get; }

    /// <summary>What a checkpoint keeps beside the tensors.</summary>
    LearnerProgress Capture();

    /// <summary>Completes a restore after the tensors have been written.</summary>
    void Restore(LearnerProgress progress);

    /// <summary>Objects from the policy with log-probabilities; changes nothing.</summary>
    PolicySamples Sample(SampleRequest request);

    /// <summary>Metrics of the policy; changes nothing.</summary>
    IReadOnlyList<EvaluationRecord> Evaluate(EvaluateRequest request);

    /// <summary>log Z and logit scales on a grid of betas; changes nothing.</summary>
    TemperatureCurves Curves(float betaMin, float betaMax, int points);
}
