using Tempera.Model.Networks;
using Tempera.Model.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// One policy, P_F or P_B, as a function of visits: logit = clamp( sum over k of f_k(beta) u_k, +-clamp ), merged by logsumexp
/// where several actions share an edge, then a softmax over the legal edges.
/// </summary>
internal sealed class TorchPolicy : IDisposable
{
    // In place of -infinity, whose differences have no gradient: exp of it is 0 all the same.
    private const float Never = -1e30f;

    private readonly TorchTemperature _temperature;
    private readonly float _clamp;
    private readonly Tensor? _edges;

    public TorchPolicy(EdgeDirection direction, PolicyArchitecture architecture, NetworkParameters parameters, TorchContext context, int expectedStates)
    {
        var shape = direction.IsForward ? architecture.Forward : architecture.Backward;
        (Direction, _clamp) = (direction, architecture.LogitClamp);
        Network = new TorchNetwork(parameters, context);
        _temperature = new TorchTemperature(shape, Network, context, architecture.BetaRange);
        if (shape.IsUniform)
        {
            Scorer = new TorchUniformScorer();
        }
        else if (shape.Parametrization == Parametrization.Ssr)
        {
            Scorer = new TorchSsrScorer(shape, Network, context, expectedStates);
        }
        else
        {
            Scorer = new TorchSaScorer(shape, Network, context);
            _edges = TorchContext.Keep(torch.arange(direction.MaxEdges, dtype: ScalarType.Int16, device: context.Device).view(1, -1, 1));
        }
    }

    /// <summary>Children or parents.</summary>
    public EdgeDirection Direction { get; }

    /// <summary>The parameters on the device.</summary>
    public TorchNetwork Network { get; }

    /// <summary>How edges are scored.</summary>
    public ITorchScorer Scorer { get; }

    /// <summary>Codes and scales of betas <c>[batch]</c>.</summary>
    public TorchCodes Codes(Tensor betas) => _temperature.Forward(betas);

    /// <summary>Log-probabilities of all visits' edges <c>[batch, step, edge]</c>, about -1e30 where there is no edge.</summary>
    public Tensor LogProbabilities(VisitRows rows, in TorchCodes codes)
    {
        Scorer.BeginPass();
        var (parents, targets) = Encode(rows);
        return Softmax(rows, Unclamped(rows, codes, parents, targets));
    }

    /// <summary>The halves of a pass's states, for <see cref="LogProbabilities(VisitRows, in TorchCodes, Tensor, Tensor?)"/>.</summary>
    public (Tensor Parents, Tensor? Targets) Encode(VisitRows rows) =>
        (Scorer.EncodeParents(rows.Parents), rows.Targets is null ? null : Scorer.EncodeTargets(rows.Targets));

    /// <summary>As above, from states that were encoded before.</summary>
    public Tensor LogProbabilities(VisitRows rows, in TorchCodes codes, Tensor parents, Tensor? targets) =>
        Softmax(rows, Unclamped(rows, codes, parents, targets));

    /// <summary>Logits before the clamp <c>[batch, step, raw]</c>.</summary>
    public Tensor Unclamped(VisitRows rows, in TorchCodes codes, Tensor parents, Tensor? targets)
    {
        var scores = Scorer.Score(rows, parents, targets, codes.Codes);
        if (codes.Scale is not { } scale)
        {
            return scores.squeeze(-1);
        }

        var rank = scale.size(1);
        return rank == 1
            ? scores.squeeze(-1) * scale.view(rows.Trajectories, 1, 1)
            : (scores * scale.view(rows.Trajectories, 1, 1, rank)).sum(-1);
    }

    /// <summary>Clamp, merge, softmax.</summary>
    public Tensor Softmax(VisitRows rows, Tensor unclamped)
    {
        var logits = unclamped.clamp(-_clamp, _clamp);
        if (rows.ActionEdges is { } edges)
        {
            var other = edges.view(rows.Trajectories, rows.Steps, 1, -1).ne(_edges!);
            logits = logits.unsqueeze(2).masked_fill(other, Never).logsumexp(-1);
        }

        return nn.functional.log_softmax(logits.masked_fill(Legal(rows).logical_not(), Never), -1);
    }

    /// <summary>How many logits of the visits that are alive the clamp changes, and how many there are, as one tensor <c>[2]</c>.</summary>
    public Tensor CountClamped(VisitRows rows, Tensor unclamped, Tensor alive)
    {
        var counted = alive.unsqueeze(-1).logical_and(
            rows.ActionEdges is { } edges ? edges.ge(0).view(rows.Trajectories, rows.Steps, -1) : Legal(rows));
        return torch.stack([unclamped.detach().abs().gt(_clamp).logical_and(counted).sum(), counted.sum()]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        _edges?.Dispose();
    }

    private static Tensor Legal(VisitRows rows) => rows.Legal.view(rows.Trajectories, rows.Steps, -1);
}
