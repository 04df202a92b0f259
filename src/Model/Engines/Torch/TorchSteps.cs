using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Gradient steps on the device. See <see cref="IResidentSteps"/>.</summary>
internal sealed class TorchSteps : IResidentSteps
{
    // Loss, P_F's norm, whether the step was taken, clamped logits, logits.
    private const int Figures = 5;

    private readonly TorchEngine _engine;
    private readonly TorchContext _context;
    private readonly ITorchObjective _objective;
    private readonly IReadOnlyList<IAdamState> _states;
    private readonly TorchAdam[] _optimizers;
    private readonly List<Tensor> _pending = [];
    private double[] _known = [];
    private double[] _target = [];

    public TorchSteps(TorchEngine engine, TorchContext context, ITorchObjective objective, IReadOnlyList<TorchNetwork> networks, IReadOnlyList<IAdamState> states)
    {
        (_engine, _context, _objective, _states) = (engine, context, objective, states);
        _optimizers = [.. networks.Zip(states, (network, state) => new TorchAdam(network, state, context))];
    }

    /// <inheritdoc/>
    public void Take(TrajectoryBatch batch, ReadOnlySpan<double> logRewards, double rateShare)
    {
        Prepare(batch, logRewards);
        _engine.Guarded(batch.Count, () =>
        {
            using var scope = NewDisposeScope();
            var terms = _engine.Compute(batch);
            var logZ = _context.Upload<double>(_known.AsSpan(0, batch.Count), ScalarType.Float64, batch.Count) + terms.LearnedLogZ;
            var loss = _objective.Loss(terms, logZ, _context.Upload<double>(_target.AsSpan(0, batch.Count), ScalarType.Float64, batch.Count));
            _engine.ClearGradients();
            loss.backward();
            using var grad = torch.no_grad();
            var norms = Array.ConvertAll(_optimizers, static optimizer => optimizer.GradientNorm());
            var isFinite = torch.cat([loss.detach().view(1), .. norms.Select(static norm => norm.to_type(ScalarType.Float64))]).isfinite().all().view(1);
            for (var i = 0; i < _optimizers.Length; i++)
            {
                _optimizers[i].Step(norms[i], isFinite, rateShare);
            }

            var figures = torch.cat([loss.detach().view(1), norms[0].to_type(ScalarType.Float64), isFinite.to_type(ScalarType.Float64), terms.Clamped.to_type(ScalarType.Float64)]);
            _pending.Add(TorchContext.Keep(figures));
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<ResidentOutcome> Collect()
    {
        if (_pending.Count == 0)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        var figures = new double[_pending.Count * Figures];
        _context.Read<double>(torch.cat(_pending), figures);
        _pending.ForEach(static tensor => tensor.Dispose());
        _pending.Clear();
        var outcomes = figures.Chunk(Figures).Select(static row => new ResidentOutcome(row[0], row[1], row[2] > 0)).ToArray();
        _engine.Counters.ClampedLogits += (long)figures.Chunk(Figures).Sum(static row => row[3]);
        _engine.Counters.Logits += (long)figures.Chunk(Figures).Sum(static row => row[4]);
        foreach (var state in _states)
        {
            state.Steps += outcomes.Count(static outcome => outcome.IsTaken);
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public void Download()
    {
        _engine.DownloadValues();
        Array.ForEach(_optimizers, static optimizer => optimizer.Download());
    }

    /// <inheritdoc/>
    public void Upload()
    {
        _engine.ParametersChanged();
        Array.ForEach(_optimizers, static optimizer => optimizer.Upload());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pending.ForEach(static tensor => tensor.Dispose());
        Array.ForEach(_optimizers, static optimizer => optimizer.Dispose());
    }

    private void Prepare(TrajectoryBatch batch, ReadOnlySpan<double> logRewards)
    {
        if (_known.Length < batch.Count)
        {
            (_known, _target) = (new double[batch.Count], new double[batch.Count]);
        }

        for (var b = 0; b < batch.Count; b++)
        {
            (_known[b], _target[b]) = (_engine.Known(batch.Betas[b]), batch.Betas[b] * logRewards[b]);
        }
    }
}
