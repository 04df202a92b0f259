using Tempera.Model.Engines;
using Tempera.Model.Guidance;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Model.Learning;

/// <summary>
/// Writes the terms that no network computes: log-rewards and, where the terms have them, the partial rewards of the task, the
/// guide's log-probabilities and the dropout of potentials.
/// </summary>
internal sealed class TermSource(DesignTask task, LearnerSettings settings, RandomStreams streams, SubstructureGuide? guide)
{
    private double[] _scores = [];

    /// <summary>Which batch of a round.</summary>
    public enum Phase
    {
        /// <summary>The round's proposals.</summary>
        Proposals,

        /// <summary>The replayed objects.</summary>
        Replay,
    }

    /// <summary>Shows scored proposals to the guide.</summary>
    public void Observe(TrajectoryBatch batch, ReadOnlySpan<double> scores)
    {
        for (var b = 0; guide is not null && b < scores.Length; b++)
        {
            guide.Observe(batch.Object(b), task.Reward.LogReward(scores[b]));
        }
    }

    /// <summary>Writes the terms of a batch; they hold for every gradient step on it.</summary>
    public void Fill(TrajectoryBatch batch, TrajectoryTerms terms, ReadOnlySpan<double> scores, int round, Phase phase)
    {
        for (var b = 0; b < scores.Length; b++)
        {
            terms.LogReward[b] = task.Reward.LogReward(scores[b]);
        }

        guide?.Write(batch, terms);
        if (terms.Has(TermParts.PartialRewards))
        {
            FillPartialRewards(batch, terms);
        }

        if (terms.Has(TermParts.Potentials))
        {
            FillDropout(batch, terms, streams.At(RandomStreams.PotentialDropout, round), (ulong)phase << 32);
        }
    }

    private void FillPartialRewards(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        if (_scores.Length < batch.MaxSteps)
        {
            _scores = new double[batch.MaxSteps];
        }

        for (var b = 0; b < batch.Count; b++)
        {
            var inner = batch.Trajectory(b)[1..batch.Lengths[b]];
            task.PartialScores!.Score(inner, _scores.AsSpan(0, inner.Length));
            for (var i = 0; i < inner.Length; i++)
            {
                terms.PartialLogReward[(b * (terms.MaxSteps + 1)) + 1 + i] = task.Reward.LogReward(_scores[i]);
            }
        }
    }

    // Where chance leaves nothing, everything is kept.
    private void FillDropout(TrajectoryBatch batch, TrajectoryTerms terms, RandomStream random, ulong start)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            var (first, length, kept) = (b * terms.MaxSteps, batch.Lengths[b], 0);
            for (var t = first; t < first + length; t++)
            {
                var keeps = random.Uniform(start + (ulong)t) >= settings.LedDropout;
                terms.PotentialWeight[t] = keeps ? 1 : 0;
                kept += keeps ? 1 : 0;
            }

            for (var t = first; t < first + length; t++)
            {
                terms.PotentialWeight[t] = kept == 0 ? 1 : terms.PotentialWeight[t] * length / kept;
            }
        }
    }
}
