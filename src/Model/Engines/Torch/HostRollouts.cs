using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Draws trajectories of spaces that no table holds: each step uploads its distinct states and brings the edges back.</summary>
internal sealed class HostRollouts(TorchPolicy policy, HostVisits visits, TorchContext context)
{
    private long[] _chosen = [];

    /// <summary>
    /// Draws step k of every trajectory until all have ended. Trajectory b decides at its state where <paramref name="state"/>
    /// gives one, with the random numbers of position <paramref name="position"/> of the row <c>[step]</c>.
    /// </summary>
    public void Walk(
        int trajectories, int steps, Tensor betas, Tensor uniforms, float epsilon,
        Func<int, int, UInt128?> state, Func<int, int> position, Action<int, int, UInt128> take)
    {
        using var codesScope = NewDisposeScope();
        var codes = policy.Codes(betas);
        policy.Scorer.BeginPass();
        _chosen = _chosen.Length < trajectories ? new long[trajectories] : _chosen;
        for (var k = 0; k < steps; k++)
        {
            using var scope = NewDisposeScope();
            if (!Declare(k, trajectories, state))
            {
                return;
            }

            var rows = visits.Upload();
            var (parents, targets) = policy.Encode(rows);
            var logProbabilities = policy.LogProbabilities(rows, codes, parents, targets).view(trajectories, -1);
            context.Read(EdgeChoice.Draw(logProbabilities, rows.Legal, uniforms.select(1, position(k)), epsilon), _chosen.AsSpan(0, trajectories));
            for (var b = 0; b < trajectories; b++)
            {
                if (state(k, b) is not null)
                {
                    take(k, b, visits.Target(b, (int)_chosen[b]));
                }
            }
        }
    }

    private bool Declare(int k, int trajectories, Func<int, int, UInt128?> state)
    {
        var any = false;
        visits.Begin(trajectories, 1);
        for (var b = 0; b < trajectories; b++)
        {
            if (state(k, b) is { } at)
            {
                visits.Visit(b, at);
                any = true;
            }
        }

        return any;
    }
}
