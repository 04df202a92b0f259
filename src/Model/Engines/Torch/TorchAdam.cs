using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Adam with clipping on one network's flat vector on the device. The arithmetic is that of <see cref="Learning.AdamOptimizer"/>.</summary>
internal sealed class TorchAdam : IDisposable
{
    private const float Decay1 = 0.9f;
    private const float Decay2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly IAdamState _state;
    private readonly TorchNetwork _network;
    private readonly TorchContext _context;
    private readonly Tensor _first;
    private readonly Tensor _second;
    private readonly Tensor _steps;

    public TorchAdam(TorchNetwork network, IAdamState state, TorchContext context)
    {
        (_state, _network, _context) = (state, network, context);
        _first = TorchContext.Keep(torch.zeros(state.First.Length, dtype: ScalarType.Float32, device: context.Device));
        _second = TorchContext.Keep(torch.zeros(state.Second.Length, dtype: ScalarType.Float32, device: context.Device));
        _steps = TorchContext.Keep(torch.zeros(1, dtype: ScalarType.Float64, device: context.Device));
    }

    /// <summary>Euclidean norm of the gradient <c>[1]</c>.</summary>
    public Tensor GradientNorm() => _network.Gradient.norm().view(1);

    /// <summary>Takes a step where <paramref name="isFinite"/>, a boolean <c>[1]</c>, says so; else changes nothing.</summary>
    public void Step(Tensor norm, Tensor isFinite, double rateShare)
    {
        _steps.add_(isFinite);
        var gradient = (_network.Gradient * (norm.reciprocal() * _state.ClipNorm).clamp(max: 1)).masked_fill(isFinite.logical_not(), 0);
        var reached = _network.Reached();
        _first.mul_(Decayed(isFinite, reached, Decay1)).add_(gradient * (1 - Decay1));
        _second.mul_(Decayed(isFinite, reached, Decay2)).addcmul_(gradient, gradient, 1 - Decay2);

        // Before the first step the corrections divide by zero; a step that is not taken has a rate of zero in any case.
        var rate = Where(isFinite, Correction(Decay1).reciprocal() * (rateShare * _state.LearningRate), 0);
        var correction = Where(isFinite, Correction(Decay2).sqrt().reciprocal(), 1);
        var change = _first * rate / ((_second.sqrt() * correction) + Epsilon);
        _network.Values.sub_(reached is null ? change : change * _network.Shares(reached));
    }

    /// <summary>Brings the moments to the host.</summary>
    public void Download()
    {
        _context.Read<float>(_first, _state.First);
        _context.Read<float>(_second, _state.Second);
    }

    /// <summary>Takes moments and the number of steps from the host.</summary>
    public void Upload()
    {
        _context.Write(_state.First, _first);
        _context.Write(_state.Second, _second);
        _steps.fill_((double)_state.Steps);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _steps.Dispose();
    }

    // 1 - decay^steps
    private Tensor Correction(float decay) => 1 - torch.pow((double)decay, _steps);

    private static Tensor Decayed(Tensor isFinite, Tensor? reached, float decay) =>
        reached is null ? Where(isFinite, decay) : 1 - (reached * (1 - Where(isFinite, decay)));

    private static Tensor Where(Tensor isFinite, float value) => (isFinite.to_type(ScalarType.Float32) * value) + isFinite.logical_not();

    private static Tensor Where(Tensor isFinite, Tensor value, double otherwise) =>
        value.masked_fill(isFinite.logical_not(), otherwise).to_type(ScalarType.Float32);
}
