using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>The terms of a batch on the device, with the graph behind them.</summary>
/// <param name="Forward">log P_F <c>[batch, step]</c>, 0 beyond a trajectory's end.</param>
/// <param name="Backward">log P_B <c>[batch, step]</c>, 0 beyond a trajectory's end.</param>
/// <param name="LearnedLogZ">What the head adds to the known part of log Z <c>[batch]</c>.</param>
/// <param name="Clamped">Logits that the clamp changes, and logits <c>[2]</c>.</param>
internal sealed record TorchTerms(Tensor Forward, Tensor Backward, Tensor LearnedLogZ, Tensor Clamped) : IDisposable
{
    /// <summary>Learned part of log F of the states <c>[batch, step]</c>, where asked for; inner states count.</summary>
    public Tensor? Flow { get; init; }

    /// <summary>Learned part of the flow of each edge into a visited state <c>[batch, step parent]</c>, where asked for.</summary>
    public Tensor? Inflow { get; init; }

    /// <summary>Potentials <c>[batch, step]</c>, where asked for.</summary>
    public Tensor? Potential { get; init; }

    /// <summary>Keeps the terms when the scope they were computed in ends.</summary>
    public TorchTerms Keep()
    {
        foreach (var tensor in All)
        {
            TorchContext.Keep(tensor);
        }

        return this;
    }

    /// <summary>All values in one flat tensor, so that one copy brings them to the host.</summary>
    public Tensor Flatten() => torch.cat([.. All.Select(static tensor => tensor.detach().to_type(ScalarType.Float32).reshape(-1))]);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(All, static tensor => tensor.Dispose());

    private Tensor[] All => [.. new[] { Forward, Backward, LearnedLogZ, Clamped, Flow, Inflow, Potential }.OfType<Tensor>()];
}
