using Tempera.Model.Collections;
using Tempera.Model.Random;
using Tempera.Model.Tasks;

namespace Tempera.Model.Evaluation;

/// <summary>
/// A test set that covers the range of rewards: candidates are put into equally wide bins of log reward and taken from the
/// bins in turn, so that the few good objects weigh as much as the many poor ones.
/// </summary>
public static class StratifiedObjects
{
    private const int Bins = 16;
    private const int CandidatesPerObject = 16;
    private const string Walk = "evaluation-walk";

    /// <summary>Distinct objects from uniform random walks through a space, stratified; at most <paramref name="count"/>.</summary>
    public static (UInt128[] Objects, double[] Scores) Draw(DesignTask task, int count, ulong seed)
    {
        var random = new RandomStreams(seed).At(Walk, 0);
        var (space, candidates, children) = (task.Space, new PackedSet(), new UInt128[task.Space.MaxChildren]);
        ulong position = 0;
        for (var i = 0; i < count * CandidatesPerObject; i++)
        {
            var state = space.Root;
            while (!space.IsTerminal(state))
            {
                state = children[random.Below(position++, space.GetChildren(state, children))];
            }

            candidates.Add(state);
        }

        return Select(task, candidates.ToArray(), count);
    }

    /// <summary>Stratifies given candidates; at most <paramref name="count"/> of them, earlier ones first within a bin.</summary>
    public static (UInt128[] Objects, double[] Scores) Select(DesignTask task, ReadOnlySpan<UInt128> candidates, int count)
    {
        var scores = new double[candidates.Length];
        task.Oracle.Score(candidates, scores);
        var logRewards = Array.ConvertAll(scores, task.Reward.LogReward);
        var bins = Array.ConvertAll(new List<int>[Bins], static _ => new List<int>());
        var (low, high) = logRewards.Length == 0 ? (0, 0) : (logRewards.Min(), logRewards.Max());
        for (var i = 0; i < scores.Length; i++)
        {
            var bin = high > low ? Math.Min((int)((logRewards[i] - low) / (high - low) * Bins), Bins - 1) : 0;
            bins[bin].Add(i);
        }

        var chosen = new List<int>(count);
        for (var turn = 0; chosen.Count < Math.Min(count, scores.Length); turn++)
        {
            foreach (var bin in bins)
            {
                if (turn < bin.Count && chosen.Count < count)
                {
                    chosen.Add(bin[turn]);
                }
            }
        }

        var objects = new UInt128[chosen.Count];
        for (var i = 0; i < objects.Length; i++)
        {
            objects[i] = candidates[chosen[i]];
        }

        return (objects, [.. chosen.Select(i => scores[i])]);
    }
}
