namespace Tempera.Model.Engines;

/// <summary>
/// The numbers objectives are made of, for one batch. Arrays over steps are <c>[batch, step]</c>, flattened with
/// <see cref="MaxSteps"/> a row, arrays over states <c>[batch, step + 1]</c> with one more; entries at and beyond a
/// trajectory's length are 0. Arrays of a part that was not asked for are empty.
/// </summary>
public sealed class TrajectoryTerms
{
    /// <summary>Room for a number of trajectories.</summary>
    /// <param name="capacity">Trajectories that fit.</param>
    /// <param name="maxSteps">Transitions of the longest trajectory.</param>
    /// <param name="parts">Parts beside those every objective has.</param>
    /// <param name="maxParents">Most parents of a state; needed for <see cref="TermParts.Inflows"/> only.</param>
    public TrajectoryTerms(int capacity, int maxSteps, TermParts parts = TermParts.None, int maxParents = 1)
    {
        var (steps, states) = (capacity * maxSteps, capacity * (maxSteps + 1));
        (MaxSteps, MaxParents, Parts) = (maxSteps, maxParents, parts);
        (Lengths, Betas) = (new int[capacity], new float[capacity]);
        (LogForward, ForwardGradient) = (new float[steps], new float[steps]);
        (LogBackward, BackwardGradient) = (new float[steps], new float[steps]);
        (LogZ, LogZGradient) = (new double[capacity], new float[capacity]);
        LogReward = new double[capacity];
        (LogFlow, FlowGradient) = (new double[Size(TermParts.Flows, states)], new float[Size(TermParts.Flows, states)]);
        (LogInflow, InflowGradient) = (new double[Size(TermParts.Inflows, steps * maxParents)], new float[Size(TermParts.Inflows, steps * maxParents)]);
        (Potential, PotentialGradient) = (new float[Size(TermParts.Potentials, steps)], new float[Size(TermParts.Potentials, steps)]);
        PotentialWeight = new float[Size(TermParts.Potentials, steps)];
        PartialLogReward = new double[Size(TermParts.PartialRewards, states)];
        (LogBehaviour, BehaviourValue) = (new float[Size(TermParts.Behaviour, steps)], new double[Size(TermParts.Behaviour, states)]);
        LogGuide = new double[Size(TermParts.Guide, steps)];
    }

    /// <summary>Row length of the step arrays.</summary>
    public int MaxSteps { get; }

    /// <summary>Row length of <see cref="LogInflow"/>.</summary>
    public int MaxParents { get; }

    /// <summary>The parts these terms have.</summary>
    public TermParts Parts { get; }

    /// <summary>Trajectories in use.</summary>
    public int Count { get; set; }

    /// <summary>Transitions of each trajectory <c>[batch]</c>.</summary>
    public int[] Lengths { get; }

    /// <summary>Inverse temperatures <c>[batch]</c>.</summary>
    public float[] Betas { get; }

    /// <summary>log P_F(s_{t+1} | s_t; beta) <c>[batch, step]</c>.</summary>
    public float[] LogForward { get; }

    /// <summary>log P_B(s_t | s_{t+1}; beta) <c>[batch, step]</c>.</summary>
    public float[] LogBackward { get; }

    /// <summary>log Z(beta) <c>[batch]</c>.</summary>
    public double[] LogZ { get; }

    /// <summary>log R(x), before beta <c>[batch]</c>.</summary>
    public double[] LogReward { get; }

    /// <summary>d loss / d <see cref="LogForward"/>.</summary>
    public float[] ForwardGradient { get; }

    /// <summary>d loss / d <see cref="LogBackward"/>.</summary>
    public float[] BackwardGradient { get; }

    /// <summary>d loss / d <see cref="LogZ"/> <c>[batch]</c>.</summary>
    public float[] LogZGradient { get; }

    /// <summary>
    /// log F(s_t; beta) of the inner states, 0 &lt; t &lt; length <c>[batch, step + 1]</c>. The ends are known otherwise and are 0
    /// here: log F(s_0) is log Z(beta), log F(x) is beta log R(x).
    /// </summary>
    public double[] LogFlow { get; }

    /// <summary>d loss / d <see cref="LogFlow"/>.</summary>
    public float[] FlowGradient { get; }

    /// <summary>
    /// log F(s -&gt; s_{t+1}; beta) = log F(s; beta) + log P_F(s_{t+1} | s; beta) of every parent s <c>[batch, step, parent]</c>,
    /// -infinity beyond a state's parents.
    /// </summary>
    public double[] LogInflow { get; }

    /// <summary>d loss / d <see cref="LogInflow"/>.</summary>
    public float[] InflowGradient { get; }

    /// <summary>Learned potential of each edge, a share of log R <c>[batch, step]</c>.</summary>
    public float[] Potential { get; }

    /// <summary>d potential loss / d <see cref="Potential"/>.</summary>
    public float[] PotentialGradient { get; }

    /// <summary>Weight of each potential in the sum that is fitted to log R: 0 where dropped out <c>[batch, step]</c>.</summary>
    public float[] PotentialWeight { get; }

    /// <summary>log R of the inner states as far as they are built, before beta <c>[batch, step + 1]</c>.</summary>
    public double[] PartialLogReward { get; }

    /// <summary>log P_guide(s_{t+1} | s_t, x) <c>[batch, step]</c>.</summary>
    public double[] LogGuide { get; }

    /// <summary><see cref="LogForward"/> as it was before the first gradient step on the batch <c>[batch, step]</c>.</summary>
    public float[] LogBehaviour { get; }

    /// <summary><see cref="LogFlow"/> as it was before the first gradient step, with log Z at the root <c>[batch, step + 1]</c>.</summary>
    public double[] BehaviourValue { get; }

    /// <summary>Keeps what a batch's trajectories were drawn with; follows the engine's evaluation before the first gradient step.</summary>
    public void KeepBehaviour()
    {
        LogForward.AsSpan(0, Count * MaxSteps).CopyTo(LogBehaviour);
        LogFlow.AsSpan(0, Count * (MaxSteps + 1)).CopyTo(BehaviourValue);
        for (var b = 0; b < Count; b++)
        {
            BehaviourValue[b * (MaxSteps + 1)] = LogZ[b];
        }
    }

    /// <summary>Whether these terms have a part.</summary>
    public bool Has(TermParts part) => (Parts & part) != 0;

    private int Size(TermParts part, int size) => Has(part) ? size : 0;
}
