using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Computes the terms of whole batches under the current policies, every step of every trajectory at once.</summary>
internal sealed class TorchPasses(TorchPolicy forward, TorchPolicy backward, TorchLogZ logZ, HostVisits forwardVisits, HostVisits backwardVisits, StateTables? tables, TorchParts parts)
{
    /// <summary>Terms of trajectories whose state numbers <c>[batch, step + 1]</c> are on the device.</summary>
    public TorchTerms Compute(Tensor states, Tensor betas, TrajectoryBatch batch, TermParts wanted)
    {
        var steps = states.size(1) - 1;
        var (before, after) = (states.narrow(1, 0, steps), states.narrow(1, 1, steps));
        return Join(Tabled(forward, before, after, betas), Tabled(backward, after, before, betas), betas, batch, wanted);
    }

    /// <summary>Terms of trajectories on the host.</summary>
    public TorchTerms Compute(TrajectoryBatch batch, Tensor betas, TermParts wanted) =>
        Join(Hosted(forward, forwardVisits, batch, betas), Hosted(backward, backwardVisits, batch, betas), betas, batch, wanted);

    private TorchTerms Join(in Passed ahead, in Passed back, Tensor betas, TrajectoryBatch batch, TermParts wanted)
    {
        var terms = new TorchTerms(ahead.Taken, back.Taken, logZ.Learned(betas), ahead.Clamped + back.Clamped);
        return wanted == TermParts.None ? terms : parts.Add(terms, wanted, batch, ahead.Rows, betas);
    }

    private Passed Tabled(TorchPolicy policy, Tensor at, Tensor towards, Tensor betas)
    {
        var (rows, targets) = tables!.Rows(policy, at);
        var taken = targets.eq(towards.unsqueeze(-1)).logical_and(rows.Legal.view(targets.shape));
        return Pass(policy, rows, taken, at.ne(towards), betas);
    }

    private static Passed Hosted(TorchPolicy policy, HostVisits visits, TrajectoryBatch batch, Tensor betas)
    {
        var (steps, isForward) = (batch.MaxSteps, policy.Direction.IsForward);
        visits.Begin(batch.Count, steps);
        for (var b = 0; b < batch.Count; b++)
        {
            var trajectory = batch.Trajectory(b);
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                visits.Visit((b * steps) + t, trajectory[isForward ? t : t + 1]);
                visits.Take((b * steps) + t, trajectory[isForward ? t + 1 : t]);
            }
        }

        return Pass(policy, visits.Upload(), visits.UploadTaken(), visits.UploadAlive(), betas);
    }

    private static Passed Pass(TorchPolicy policy, VisitRows rows, Tensor taken, Tensor alive, Tensor betas)
    {
        var codes = policy.Codes(betas);
        policy.Scorer.BeginPass();
        var (parents, targets) = policy.Encode(rows);
        var unclamped = policy.Unclamped(rows, codes, parents, targets);
        var clamped = policy.CountClamped(rows, unclamped, alive);
        return new Passed(rows, policy.Softmax(rows, unclamped).masked_fill(taken.logical_not(), 0).sum(-1), clamped);
    }

    private readonly record struct Passed(VisitRows Rows, Tensor Taken, Tensor Clamped);
}
