namespace Tempera.Model.Engines;

/// <summary>What an objective needs beside log P_F, log P_B, log Z, log R and beta. Each part has its arrays in <see cref="TrajectoryTerms"/>.</summary>
[Flags]
public enum TermParts
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>log F(s; beta) of inner states, from a network of its own; written by the engine.</summary>
    Flows = 1,

    /// <summary>The flow of every edge into a visited state; written by the engine from P_F and the flows.</summary>
    Inflows = 2,

    /// <summary>The potentials of edges, from a network of its own; written by the engine.</summary>
    Potentials = 4,

    /// <summary>log R of partial objects, from the task; written by the learner.</summary>
    PartialRewards = 8,

    /// <summary>log-probabilities of a substructure guide; written by the learner.</summary>
    Guide = 16,

    /// <summary>log P_F and values as they were when the trajectories were drawn; written by the learner.</summary>
    Behaviour = 32,
}
