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
    private bool _isAhead;

    public TorchSteps(TorchEngine engine, TorchContext context, ITorchObjective objective, IReadOnlyList<TorchNetwork> networks, IReadOnlyList<IAdamState> states)
    {
        (_engine, _context, _objective, _states) = (engine, context, objective, states);
        _optimizers = [.. networks.Zip(states, (network, state) => new TorchAdam(network, state, context))];
    }

    /// <inheritdoc/>
    public void Take(TrajectoryBatch batch, ReadOnlySpan<double> logRewards, double rateShare)
    {
        Prepare(batch, logRewards);
        _isAhead = true;
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
    public ResidentReport Collect(float beta, TrajectoryBatch? drawn)
    {
        // State numbers are exact in double precision, so everything comes in one copy.
        using var scope = NewDisposeScope();
        var parts = _pending.Append(_engine.LearnedLogZ(beta));
        parts = drawn is null ? parts : parts.Append(_engine.DrawnStates(drawn).to_type(ScalarType.Float64).view(-1));
        var all = torch.cat([.. parts]);
        var values = new double[all.numel()];
        _context.Read<double>(all, values);
        var figures = values.AsSpan(0, _pending.Count * Figures).ToArray().Chunk(Figures).ToArray();
        _pending.ForEach(static tensor => tensor.Dispose());
        _pending.Clear();
        if (drawn is not null)
        {
            _engine.Accept(drawn, values.AsSpan((figures.Length * Figures) + 1));
        }

        return new ResidentReport(Count(figures), _engine.Known(beta) + values[figures.Length * Figures]);
    }

    /// <inheritdoc/>
    public void Download()
    {
        if (_isAhead)
        {
            _engine.DownloadValues();
            Array.ForEach(_optimizers, static optimizer => optimizer.Download());
            _isAhead = false;
        }
    }

    /// <inheritdoc/>
    public void Upload()
    {
        _isAhead = false;
        _engine.ParametersChanged();
        Array.ForEach(_optimizers, static optimizer => optimizer.Upload());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pending.ForEach(static tensor => tensor.Dispose());
        Array.ForEach(_optimizers, static optimizer => optimizer.Dispose());
    }

    private ResidentOutcome[] Count(double[][] figures)
    {
        var outcomes = Array.ConvertAll(figures, static row => new ResidentOutcome(row[0], row[1], row[2] > 0));
        _engine.Counters.ClampedLogits += (long)figures.Sum(static row => row[3]);
        _engine.Counters.Logits += (long)figures.Sum(static row => row[4]);
        foreach (var state in _states)
        {
            state.Steps += outcomes.Count(static outcome => outcome.IsTaken);
        }

        return outcomes;
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
