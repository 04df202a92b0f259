using Tempera.Model.Collections;

namespace Tempera.Model.Learning;

/// <summary>Everything of a learner that is not a tensor; serialised as JSON in a checkpoint.</summary>
public sealed record LearnerProgress
{
    /// <summary>Rounds learned.</summary>
    public int Round { get; init; }

    /// <summary>Adam steps taken, by network: forward, backward, log Z, then flow and potential where the objective has them.</summary>
    public IReadOnlyList<long> AdamSteps { get; init; } = [];

    /// <summary>Steps skipped since the beginning.</summary>
    public int SkippedSteps { get; init; }

    /// <summary>Steps skipped in a row.</summary>
    public int SkippedInARow { get; init; }

    /// <summary>True once the known part of log Z is fixed.</summary>
    public bool LogZIsKnown { get; init; }

    /// <summary>Known part of log Z, once fixed.</summary>
    public double LogZIntercept { get; init; }

    /// <summary>Known part of log Z, once fixed.</summary>
    public double LogZSlope { get; init; }

    /// <summary>State of the exploration schedule.</summary>
    public IReadOnlyList<double> ExploreState { get; init; } = [];

    /// <summary>State of the training schedule.</summary>
    public IReadOnlyList<double> TrainState { get; init; } = [];

    /// <summary>What the substructure guide has seen, where the objective has one.</summary>
    public ScoredObjects? Guide { get; init; }

    /// <summary>State of the methods that explore beside a policy; null where there are none.</summary>
    public IReadOnlyList<ScoredObjects>? Explorers { get; init; }

    /// <summary>State of a baseline; null for a policy.</summary>
    public ScoredObjects? Population { get; init; }
}
