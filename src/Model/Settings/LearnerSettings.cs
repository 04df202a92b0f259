using Tempera.Model.Baselines;
using Tempera.Model.Objectives;

namespace Tempera.Model.Settings;

/// <summary>
/// Every setting of the learner, resolved. Names on the command line and in files are the snake_case forms; ranges and
/// defaults are in <see cref="SettingCatalog"/>, which is the only place that validates.
/// </summary>
public sealed record LearnerSettings
{
    /// <summary>The set of settings that the others were chosen over, see <see cref="RecipeCatalog"/>; kept for the record.</summary>
    public string Recipe { get; init; } = RecipeCatalog.Task;

    /// <summary>Method of search by name: the GFlowNet, reinforcement learning of the same policy, or a baseline without a policy.</summary>
    public string Method { get; init; } = MethodCatalog.GFlowNet;

    /// <summary>Objects a genetic algorithm keeps.</summary>
    public int Population { get; init; } = 256;

    /// <summary>Expected number of digits of a child that a genetic algorithm mutates.</summary>
    public double Mutations { get; init; } = 1;

    /// <summary>The methods without a policy that propose a part of each round, by name, or none.</summary>
    public string Explorer { get; init; } = MethodCatalog.NoExplorer;

    /// <summary>Share of the first planned round that the explorer proposes; it goes linearly to <see cref="ExplorerShare"/>.</summary>
    public double ExplorerStart { get; init; }

    /// <summary>Share of the last planned round that the explorer proposes, and of those beyond.</summary>
    public double ExplorerShare { get; init; } = 0.5;

    /// <summary>Part of the planned rounds after which <see cref="ExplorerShare"/> is reached.</summary>
    public double ExplorerRamp { get; init; } = 1;

    /// <summary>alpha, the weight of the policy's entropy in reinforcement learning.</summary>
    public double Entropy { get; init; } = 1;

    /// <summary>Largest change of an action's probability ratio that proximal policy optimisation follows.</summary>
    public double PpoClip { get; init; } = 0.2;

    /// <summary>How an edge is scored.</summary>
    public Parametrization Parametrization { get; init; } = Parametrization.Ssr;

    /// <summary>How the policies depend on beta.</summary>
    public Conditioning Conditioning { get; init; } = Conditioning.Logit;

    /// <summary>
    /// Rank k of logit conditioning: logit = sum over k of f_k(beta) u_k(s, s'). 1 is Logit-GFN; one factor for all states
    /// cannot in general meet the target at every beta at once, a few can.
    /// </summary>
    public int LogitRank { get; init; } = 1;

    /// <summary>How the networks are told beta.</summary>
    public BetaInput BetaInput { get; init; } = BetaInput.Raw;

    /// <summary>Objective by name.</summary>
    public string Objective { get; init; } = "tb";

    /// <summary>Residual of trajectory balance, nats, beyond which its square goes on as a line; 0 squares all.</summary>
    public double Huber { get; init; }

    /// <summary>lambda of sub-trajectory balance: a sub-trajectory of a length counts lambda^length.</summary>
    public double SubtbLambda { get; init; } = 0.9;

    /// <summary>How sub-trajectories share the loss.</summary>
    public SubTrajectoryWeighting SubtbWeighting { get; init; } = SubTrajectoryWeighting.GeometricWithin;

    /// <summary>Where P_B comes from.</summary>
    public BackwardPolicy BackwardPolicy { get; init; } = BackwardPolicy.Learned;

    /// <summary>Share of P_B in the target of guided trajectory balance; the guide has the rest.</summary>
    public double GuideWeight { get; init; } = 0.5;

    /// <summary>Power of the mean reward in the substructure guide.</summary>
    public double GuidePower { get; init; } = 1;

    /// <summary>Share of the potentials of learned energy decomposition that a fit leaves out.</summary>
    public double LedDropout { get; init; }

    /// <summary>Learn from the lower part of the task's scores alone and propose nothing.</summary>
    public bool Offline { get; init; }

    /// <summary>Share of a task's objects that an offline campaign learns from, lowest scores first; 0 takes the papers' share.</summary>
    public double OfflineQuantile { get; init; }

    /// <summary>P_exp, the betas of exploration, in the schedule language.</summary>
    public string Explore { get; init; } = "uniform:1,3";

    /// <summary>P_train, the betas of replay, in the schedule language.</summary>
    public string Train { get; init; } = "uniform:1,3";

    /// <summary>Hidden width.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Widest window of adjacent positions whose digits make a feature together; 1 is the digits alone, 0 as many as are few enough.</summary>
    public int FeatureWindow { get; init; } = 1;

    /// <summary>Trajectories proposed a round.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Consecutive trajectories of a batch that share one beta.</summary>
    public int TrajectoriesPerBeta { get; init; } = 1;

    /// <summary>Objects replayed a round; 0 switches replay off.</summary>
    public int ReplayBatch { get; init; } = 32;

    /// <summary>Gradient steps on each batch (K).</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Probability that a step of an exploring trajectory is uniform over the children.</summary>
    public double Epsilon { get; init; } = 0.01;

    /// <summary>Adam's step size for both policies.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Adam's step size for the log Z head.</summary>
    public double LogZLearningRate { get; init; } = 1e-2;

    /// <summary>Adam's step size for the flows of states.</summary>
    public double FlowLearningRate { get; init; } = 1e-3;

    /// <summary>Adam's step size for the potentials of learned energy decomposition.</summary>
    public double PotentialLearningRate { get; init; } = 1e-3;

    /// <summary>Share of the step sizes that is left in the last planned round, reached along a cosine; 1 keeps them constant.</summary>
    public double Decay { get; init; } = 1;

    /// <summary>Largest gradient norm of each network.</summary>
    public double ClipNorm { get; init; } = 10;

    /// <summary>Logits are clamped to [-LogitClamp, LogitClamp].</summary>
    public double LogitClamp { get; init; } = 20;

    /// <summary>Representation of log Z.</summary>
    public LogZHead LogZHead { get; init; } = LogZHead.Residual;

    /// <summary>Rewards at or above this quantile are the top stratum of replay.</summary>
    public double ReplayQuantile { get; init; } = 0.9;

    /// <summary>Share of a replayed batch drawn from the top stratum.</summary>
    public double ReplayTopShare { get; init; } = 0.5;

    /// <summary>Gradient steps skipped in a row for non-finite values before the run stops.</summary>
    public int MaxSkippedSteps { get; init; } = 10;

    /// <summary>The target beta of an unconditional policy.</summary>
    public double TargetBeta { get; init; } = 1;

    /// <summary>Searchers.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>Milliseconds that every call of the oracle takes beside its computation.</summary>
    public int OracleDelayMs { get; init; }

    /// <summary>Memory of a GPU that a campaign of a cluster claims, in MiB.</summary>
    public int DeviceMemoryMib { get; init; } = 2048;

    /// <summary>Compute device, see <see cref="DeviceName"/>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of the engine; 0 takes the machine's processors. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Rounds between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 250;
}
