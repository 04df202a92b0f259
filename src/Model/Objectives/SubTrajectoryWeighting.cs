namespace Tempera.Model.Objectives;

/// <summary>How sub-trajectories share the loss; a length counts lambda^length, or the same whatever the length.</summary>
public enum SubTrajectoryWeighting
{
    /// <summary>lambda^length, normalised within each trajectory, so that every trajectory counts the same.</summary>
    GeometricWithin,

    /// <summary>lambda^length, normalised over the batch, so that longer trajectories count more.</summary>
    Geometric,

    /// <summary>Equal, normalised within each trajectory.</summary>
    EqualWithin,

    /// <summary>Equal, normalised over the batch.</summary>
    Equal,
}
