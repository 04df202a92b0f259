using Tempera.Model.Collections;
using Tempera.Model.Engines;
using Tempera.Model.Evaluation;
using Tempera.Model.Spaces;

namespace Tempera.Model.Guidance;

/// <summary>
/// The substructure guide: for an object x, P_guide(s' | s, x) is proportional to ( mean reward of the observed objects that
/// contain s' )^T over the children s' of s that x contains, so that trajectories to x pass through what good objects share.
/// </summary>
/// <remarks>
/// Statistics are kept by substructure and grow with the first <see cref="MaxSubstructures"/> of them, small ones of an object
/// first; one that came later counts as the mean of all objects. They are a function of the objects in the order they were
/// seen. Shen et al. 2023 (arXiv 2305.07170), guided trajectory balance.
/// </remarks>
/// <param name="space">A space whose states are parts of objects.</param>
/// <param name="power">T.</param>
/// <param name="maxSubstructures">Most substructures with statistics of their own.</param>
public sealed class SubstructureGuide(ISubstructureSpace space, double power, int maxSubstructures = SubstructureGuide.MaxSubstructures)
{
    /// <summary>Most substructures with statistics: about 60 MB.</summary>
    public const int MaxSubstructures = 1 << 20;

    private readonly PackedSet _objects = new();
    private readonly ChunkedColumn<double> _logRewards = new();
    private readonly PackedSet _substructures = new();
    private readonly UInt128[] _parts = new UInt128[space.MaxSubstructures];
    private readonly UInt128[] _children = new UInt128[space.MaxChildren];
    private double[] _logSums = new double[256];
    private int[] _counts = new int[256];
    private double _logTotal = double.NegativeInfinity;

    /// <summary>Distinct objects seen.</summary>
    public int Observed => _objects.Count;

    /// <summary>Substructures with statistics.</summary>
    public int Substructures => _substructures.Count;

    /// <summary>Takes in an object; one that was seen before, or whose reward is not finite, changes nothing.</summary>
    public void Observe(UInt128 terminal, double logReward)
    {
        if (!double.IsFinite(logReward) || !_objects.Add(terminal).Added)
        {
            return;
        }

        _logRewards.Add(logReward);
        _logTotal = LogMath.LogAdd(_logTotal, logReward);
        foreach (var part in _parts.AsSpan(0, space.GetSubstructures(terminal, _parts)))
        {
            if (Slot(part) is >= 0 and var slot)
            {
                _logSums[slot] = LogMath.LogAdd(_logSums[slot], logReward);
                _counts[slot]++;
            }
        }
    }

    /// <summary>log of the mean reward of the observed objects that contain a state.</summary>
    public double LogMeanReward(UInt128 state) =>
        _substructures.IndexOf(state) is >= 0 and var slot ? _logSums[slot] - Math.Log(_counts[slot])
        : _objects.Count > 0 ? _logTotal - Math.Log(_objects.Count)
        : 0;

    /// <summary>log P_guide(child | state, terminal); the object must contain the child.</summary>
    public double LogProbability(UInt128 state, UInt128 child, UInt128 terminal)
    {
        var (taken, total) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var candidate in _children.AsSpan(0, space.GetChildren(state, _children)))
        {
            if (space.Contains(terminal, candidate))
            {
                var weight = power * LogMeanReward(candidate);
                total = LogMath.LogAdd(total, weight);
                taken = candidate == child ? weight : taken;
            }
        }

        return taken - total;
    }

    /// <summary>Writes the guide's log-probabilities of a batch's trajectories into the terms.</summary>
    public void Write(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            var trajectory = batch.Trajectory(b);
            var row = terms.LogGuide.AsSpan(b * terms.MaxSteps, terms.MaxSteps);
            row.Clear();
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                row[t] = LogProbability(trajectory[t], trajectory[t + 1], batch.Object(b));
            }
        }
    }

    /// <summary>What a checkpoint keeps.</summary>
    public ScoredObjects Capture()
    {
        var logRewards = new double[Observed];
        for (var i = 0; i < logRewards.Length; i++)
        {
            logRewards[i] = _logRewards[i];
        }

        return ScoredObjects.Pack(_objects.ToArray(), logRewards);
    }

    /// <summary>Takes in what another guide had seen, in the same order; this one must be empty.</summary>
    /// <exception cref="InvalidDataException">This guide has seen objects, or the observations are damaged.</exception>
    public void Restore(ScoredObjects observations)
    {
        if (Observed > 0)
        {
            throw new InvalidDataException($"A guide is restored before it has seen anything; this one has {Observed} objects. Restore into a new learner.");
        }

        var (objects, logRewards) = observations.Unpack();
        for (var i = 0; i < objects.Length; i++)
        {
            Observe(objects[i], logRewards[i]);
        }
    }

    /// <summary>Where a substructure's statistics are; -1 where there is no room for a new one.</summary>
    private int Slot(UInt128 part)
    {
        if (_substructures.Count == maxSubstructures)
        {
            return _substructures.IndexOf(part);
        }

        var (slot, added) = _substructures.Add(part);
        if (slot == _counts.Length)
        {
            Array.Resize(ref _logSums, 2 * slot);
            Array.Resize(ref _counts, 2 * slot);
        }

        if (added)
        {
            _logSums[slot] = double.NegativeInfinity;
        }

        return slot;
    }
}
