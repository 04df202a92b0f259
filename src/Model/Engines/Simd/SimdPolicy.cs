using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// One policy, P_F or P_B: temperature code, row scorer and softmax over unique edges, for the visits (b, t) of a batch.
/// logit = clamp( sum over k of f_k(beta) u_k, +-clamp ); where several actions share an edge their logits are merged by logsumexp.
/// </summary>
internal sealed unsafe class SimdPolicy : IDisposable
{
    private const float LargestSumLogit = 100;
    private readonly NetworkParameters _parameters;
    private readonly RowScorer _scorer;
    private readonly TemperatureCode _temperature;
    private readonly EngineCounters _counters;
    private readonly float _clamp;
    private readonly int _maxEdges;
    private readonly int _rank;
    private readonly bool _usesContext;
    private readonly float[] _edgeLogits;
    private int[] _visitRow = [];
    private int[] _visitEdge = [];
    private float[] _visitLogProbabilities = [];

    public SimdPolicy(
        IDesignSpace space, bool forward, PolicyArchitecture architecture, NetworkParameters parameters,
        MatrixProducts products, WorkerTeam team, EngineCounters counters, bool wide, int expectedStates)
    {
        var shape = forward ? architecture.Forward : architecture.Backward;
        var direction = new EdgeDirection(space, forward);
        (_parameters, _counters, _clamp, _usesContext) = (parameters, counters, architecture.LogitClamp, shape.HasCode);
        (_maxEdges, _rank) = (direction.MaxEdges, shape.Rank);
        _edgeLogits = new float[_maxEdges];
        _temperature = new TemperatureCode(shape, parameters, products, architecture.BetaRange);
        _scorer = shape.IsUniform ? new UniformScorer(shape, direction)
            : shape.Parametrization == Parametrization.Ssr
            ? new SsrScorer(shape, parameters, direction, products, team, wide, expectedStates)
            : new SaScorer(shape, parameters, direction, products, team, wide);
    }

    /// <summary>Takes the current weights.</summary>
    public void Refresh()
    {
        _temperature.Refresh();
        _scorer.Refresh();
    }

    /// <summary>Begins a pass over visits [0, visits) of trajectories with the given betas.</summary>
    public void Begin(ReadOnlySpan<float> betas, int visits, ReadOnlySpan<UInt128> roots)
    {
        _temperature.Forward(betas);
        _scorer.Begin(_temperature.Codes, TemperatureCode.CodeStride, betas.Length, roots);
        Extend(visits);
        _visitRow.AsSpan(0, visits).Fill(-1);
    }

    /// <summary>Makes room for further visits of the same pass.</summary>
    public void Extend(int visits)
    {
        if (_visitRow.Length < visits)
        {
            Array.Resize(ref _visitRow, visits);
            Array.Resize(ref _visitEdge, visits);
            Array.Resize(ref _visitLogProbabilities, visits * _maxEdges);
        }
    }

    /// <summary>Declares that a visit decides at a state.</summary>
    public void Visit(int visit, int b, UInt128 state) => _visitRow[visit] = _scorer.Row(state, _usesContext ? b : 0);

    /// <summary>Computes the scores of all rows declared so far.</summary>
    public void Compute() => _scorer.Compute();

    /// <summary>The edges of a visit.</summary>
    public ReadOnlySpan<UInt128> Targets(int visit)
    {
        var row = _visitRow[visit];
        var edges = _scorer.Rows.FirstEdge;
        return _scorer.Rows.Target[edges[row]..edges[row + 1]];
    }

    /// <summary>log-probabilities of a visit's edges; remembered for the backward pass.</summary>
    public ReadOnlySpan<float> LogProbabilities(int visit, int b)
    {
        var row = _visitRow[visit];
        var edges = _scorer.Rows.FirstEdge[row + 1] - _scorer.Rows.FirstEdge[row];
        var result = _visitLogProbabilities.AsSpan(visit * _maxEdges, edges);
        Logits(row, _temperature.Scale(b), result);
        _counters.Logits += edges;
        LogSoftmax(result);
        return result;
    }

    /// <summary>log-probabilities of a visit as last computed.</summary>
    public ReadOnlySpan<float> RememberedLogProbabilities(int visit)
    {
        var row = _visitRow[visit];
        return _visitLogProbabilities.AsSpan(visit * _maxEdges, _scorer.Rows.FirstEdge[row + 1] - _scorer.Rows.FirstEdge[row]);
    }

    /// <summary>Records which edge a visit took.</summary>
    public void Take(int visit, int edge) => _visitEdge[visit] = edge;

    /// <summary>log-probability of the edge a visit took.</summary>
    public float Taken(int visit) => _visitLogProbabilities[(visit * _maxEdges) + _visitEdge[visit]];

    /// <summary>f(beta) of an element of the pass <c>[rank]</c>.</summary>
    public ReadOnlySpan<float> Scale(int b) => _temperature.Scale(b);

    /// <summary>Clears the parameters' gradient.</summary>
    public void BeginBackward()
    {
        _parameters.ClearGradient();
        _temperature.BeginBackward();
        var rawGradient = _scorer.RawGradient;
        rawGradient.Ensure((long)_scorer.RawCount * _rank);
        rawGradient.Clear(0, (long)_scorer.RawCount * _rank);
    }

    /// <summary>Adds d loss / d log-probability of the edge each visit took; visits are <c>[batch, step]</c> with <paramref name="steps"/> a row.</summary>
    public void AddGradients(ReadOnlySpan<float> gradients, int count, int steps, ReadOnlySpan<int> lengths)
    {
        for (var b = 0; b < count; b++)
        {
            for (var t = 0; t < lengths[b]; t++)
            {
                AddGradient((b * steps) + t, b, gradients[(b * steps) + t]);
            }
        }
    }

    /// <summary>Adds d loss / d log-probability of the edge that a visit of trajectory b took.</summary>
    public void AddGradient(int visit, int b, float gradient)
    {
        if (gradient != 0)
        {
            VisitGradient(visit, gradient, _temperature.Scale(b), _temperature.ScaleGradient(b), _scorer.RawGradient.Pointer);
        }
    }

    /// <summary>Carries what was added to the parameters.</summary>
    public void EndBackward()
    {
        _scorer.Backward(_temperature.CodeGradient, TemperatureCode.CodeStride);
        _temperature.Backward();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scorer.Dispose();
        _temperature.Dispose();
    }

    private static void LogSoftmax(Span<float> logits)
    {
        var maximum = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            maximum = Math.Max(maximum, logit);
        }

        var sum = 0f;
        foreach (var logit in logits)
        {
            sum += MathF.Exp(logit - maximum);
        }

        // Where logits are large, their maximum and the rest are taken off one after the other: their sum would lose the rest to rounding.
        var (first, logSum) = Math.Abs(maximum) > LargestSumLogit ? (maximum, MathF.Log(sum)) : (0, maximum + MathF.Log(sum));
        foreach (ref var logit in logits)
        {
            logit = logit - first - logSum;
        }
    }

    private void Logits(int row, ReadOnlySpan<float> scale, Span<float> edges)
    {
        var (first, end) = (_scorer.FirstRaw(row), _scorer.FirstRaw(row + 1));
        var merges = _scorer.MergesActions;
        if (merges)
        {
            edges.Fill(float.NegativeInfinity);
        }

        for (var raw = first; raw < end; raw++)
        {
            var unclamped = Scaled(scale, raw);
            var logit = Math.Clamp(unclamped, -_clamp, _clamp);
            _counters.ClampedLogits += logit == unclamped ? 0 : 1;
            ref var edge = ref edges[_scorer.EdgeOfRaw(raw, first)];
            edge = !merges || float.IsNegativeInfinity(edge) ? logit : LogAdd(edge, logit);
        }
    }

    private void VisitGradient(int visit, float gradient, ReadOnlySpan<float> scale, Span<float> scaleGradient, float* rawGradient)
    {
        var row = _visitRow[visit];
        var logProbabilities = RememberedLogProbabilities(visit);
        var (first, end) = (_scorer.FirstRaw(row), _scorer.FirstRaw(row + 1));
        var merges = _scorer.MergesActions;
        if (merges)
        {
            Logits(row, scale, _edgeLogits.AsSpan(0, logProbabilities.Length));
        }

        for (var raw = first; raw < end; raw++)
        {
            var logit = Scaled(scale, raw);
            if (!(Math.Abs(logit) <= _clamp))
            {
                continue;
            }

            var edge = _scorer.EdgeOfRaw(raw, first);
            var share = merges ? MathF.Exp(logit - _edgeLogits[edge]) : 1;
            var taken = edge == _visitEdge[visit] ? 1f : 0f;
            var g = gradient * share * (taken - MathF.Exp(logProbabilities[edge]));
            var at = (long)raw * _rank;
            for (var k = 0; k < scale.Length; k++)
            {
                rawGradient[at + k] += scale[k] * g;
                scaleGradient[k] += _scorer.Raw.Pointer[at + k] * g;
            }
        }
    }

    private float Scaled(ReadOnlySpan<float> scale, int raw)
    {
        var sum = 0f;
        for (var k = 0; k < scale.Length; k++)
        {
            sum += scale[k] * _scorer.Raw.Pointer[((long)raw * _rank) + k];
        }

        return sum;
    }

    private static float LogAdd(float a, float b)
    {
        var (high, low) = a > b ? (a, b) : (b, a);
        return high + MathF.Log(1 + MathF.Exp(low - high));
    }
}
