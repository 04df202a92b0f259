using Tempera.Model.Spaces;

namespace Tempera.Model.Engines;

/// <summary>
/// Trajectories tau = (s0, ..., sn = x) with their betas. States are <c>[batch, step + 1]</c>; trajectory b has
/// <c>Lengths[b]</c> transitions, and entries beyond are undefined.
/// </summary>
public sealed class TrajectoryBatch(IDesignSpace space, int capacity)
{
    /// <summary>Trajectories that fit.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>Trajectories in use.</summary>
    public int Count { get; set; }

    /// <summary>Transitions that fit.</summary>
    public int MaxSteps { get; } = space.MaxSteps;

    /// <summary>States <c>[batch, step + 1]</c>, flattened.</summary>
    public UInt128[] States { get; } = new UInt128[capacity * (space.MaxSteps + 1)];

    /// <summary>Transitions of each trajectory <c>[batch]</c>.</summary>
    public int[] Lengths { get; } = new int[capacity];

    /// <summary>Inverse temperature of each trajectory <c>[batch]</c>.</summary>
    public float[] Betas { get; } = new float[capacity];

    /// <summary>Raised whenever the content changes, so that an engine can tell whether its activations still belong to it.</summary>
    public int Version { get; set; }

    /// <summary>The states of one trajectory, s0 first; <c>Lengths[b] + 1</c> of them are defined.</summary>
    public Span<UInt128> Trajectory(int b) => States.AsSpan(b * (MaxSteps + 1), MaxSteps + 1);

    /// <summary>Smallest and largest beta in use.</summary>
    public (float Minimum, float Maximum) BetaRange()
    {
        var (minimum, maximum) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var beta in Betas.AsSpan(0, Count))
        {
            (minimum, maximum) = (Math.Min(minimum, beta), Math.Max(maximum, beta));
        }

        return (minimum, maximum);
    }

    /// <summary>The terminal object of one trajectory.</summary>
    public UInt128 Object(int b) => States[b * (MaxSteps + 1) + Lengths[b]];
}
