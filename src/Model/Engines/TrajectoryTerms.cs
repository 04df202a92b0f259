namespace Tempera.Model.Engines;

/// <summary>
/// The numbers objectives are made of, for one batch. Arrays over steps are <c>[batch, step]</c>, flattened with
/// <see cref="MaxSteps"/> a row; entries at and beyond a trajectory's length are 0.
/// </summary>
public sealed class TrajectoryTerms(int capacity, int maxSteps)
{
    /// <summary>Row length of the step arrays.</summary>
    public int MaxSteps { get; } = maxSteps;

    /// <summary>Trajectories in use.</summary>
    public int Count { get; set; }

    /// <summary>Transitions of each trajectory <c>[batch]</c>.</summary>
    public int[] Lengths { get; } = new int[capacity];

    /// <summary>Inverse temperatures <c>[batch]</c>.</summary>
    public float[] Betas { get; } = new float[capacity];

    /// <summary>log P_F(s_{t+1} | s_t; beta) <c>[batch, step]</c>.</summary>
    public float[] LogForward { get; } = new float[capacity * maxSteps];

    /// <summary>log P_B(s_t | s_{t+1}; beta) <c>[batch, step]</c>.</summary>
    public float[] LogBackward { get; } = new float[capacity * maxSteps];

    /// <summary>log Z(beta) <c>[batch]</c>.</summary>
    public double[] LogZ { get; } = new double[capacity];

    /// <summary>log R(x), before beta <c>[batch]</c>.</summary>
    public double[] LogReward { get; } = new double[capacity];

    /// <summary>d loss / d <see cref="LogForward"/>.</summary>
    public float[] ForwardGradient { get; } = new float[capacity * maxSteps];

    /// <summary>d loss / d <see cref="LogBackward"/>.</summary>
    public float[] BackwardGradient { get; } = new float[capacity * maxSteps];

    /// <summary>d loss / d <see cref="LogZ"/> <c>[batch]</c>.</summary>
    public float[] LogZGradient { get; } = new float[capacity];
}
