using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Draws trajectories as rows of state numbers, on the device from the first step to the last.</summary>
internal sealed class TableRollouts(TorchPolicy forward, TorchPolicy backward, StateTables tables)
{
    /// <summary>Trajectories of P_F <c>[batch, step + 1]</c>; each ends in its terminal object and stays there.</summary>
    /// <param name="betas"><c>[batch]</c>.</param>
    /// <param name="uniforms"><c>[batch, step, 2]</c>.</param>
    /// <param name="epsilon">Probability of a uniform step.</param>
    public Tensor Forward(Tensor betas, Tensor uniforms, float epsilon)
    {
        var root = torch.full([betas.size(0)], StateTables.Root, dtype: ScalarType.Int32, device: betas.device);
        return torch.stack(Walk(forward, root, betas, uniforms, epsilon, isForward: true), 1);
    }

    /// <summary>Trajectories of P_B that end in given objects <c>[batch]</c>, the root first.</summary>
    public Tensor Backward(Tensor objects, Tensor betas, Tensor uniforms)
    {
        var states = Walk(backward, objects, betas, uniforms, 0, isForward: false);
        Array.Reverse(states);
        var rows = torch.stack(states, 1);

        // A short one has stayed at the root: it moves to the front, and its object fills the rest.
        var steps = states.Length - 1;
        var waited = steps - rows.narrow(1, 1, steps).ne(StateTables.Root).sum(1, keepdim: true);
        var columns = torch.arange(steps + 1, dtype: ScalarType.Int64, device: betas.device).unsqueeze(0);
        return rows.gather(1, (columns + waited).clamp(max: steps));
    }

    private Tensor[] Walk(TorchPolicy policy, Tensor start, Tensor betas, Tensor uniforms, float epsilon, bool isForward)
    {
        var (batch, steps) = (start.size(0), (int)uniforms.size(1));
        var edges = policy.Direction.IsForward ? tables.Forward.Edges : tables.Backward.Edges;
        var codes = policy.Codes(betas);
        policy.Scorer.BeginPass();
        var encoded = tables.AreFewerThan(batch * edges) ? policy.Encode(tables.Rows(policy, start.unsqueeze(1)).Rows) : default;
        var states = new Tensor[steps + 1];
        states[0] = start;
        for (var k = 0; k < steps; k++)
        {
            using var scope = NewDisposeScope();
            var (rows, targets) = tables.Rows(policy, states[k].unsqueeze(1));
            var (parents, ends) = encoded.Parents is null ? policy.Encode(rows) : encoded;
            var logProbabilities = policy.LogProbabilities(rows, codes, parents, ends).view(batch, edges);
            var edge = EdgeChoice.Draw(logProbabilities, rows.Legal, uniforms.select(1, isForward ? k : steps - 1 - k), epsilon);
            states[k + 1] = targets.view(batch, edges).gather(1, edge.unsqueeze(1)).squeeze(1).MoveToOuterDisposeScope();
        }

        return states;
    }
}
