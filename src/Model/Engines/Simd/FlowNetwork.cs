using Tempera.Model.Networks;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// log F(s; beta) of inner states, for visits of a batch: a known part, the same line in beta as that of log Z, plus
/// sum over k of f_k(beta) u_k(s).
/// </summary>
internal sealed unsafe class FlowNetwork : IDisposable
{
    private readonly PolicyParameters _parameters;
    private readonly NetworkParameters _network;
    private readonly StateMlp _mlp;
    private readonly TemperatureCode _temperature;
    private readonly bool _usesContext;
    private int[] _visitRow = [];

    public FlowNetwork(PolicyParameters parameters, IDesignSpace space, MatrixProducts products, WorkerTeam team, bool wide)
    {
        var architecture = parameters.Architecture;
        var shape = architecture.Flow!;
        (_parameters, _network, _usesContext) = (parameters, parameters.Flow!, shape.HasCode);
        _mlp = new StateMlp(shape, _network, space, products, team, wide);
        _temperature = new TemperatureCode(shape, _network, products, architecture.BetaRange);
    }

    /// <summary>Takes the current weights.</summary>
    public void Refresh()
    {
        _temperature.Refresh();
        _mlp.Refresh();
    }

    /// <summary>Begins a pass over visits [0, visits) of trajectories with the given betas.</summary>
    public void Begin(ReadOnlySpan<float> betas, int visits)
    {
        _temperature.Forward(betas);
        _mlp.Begin(_temperature.Codes, TemperatureCode.CodeStride, betas.Length);
        if (_visitRow.Length < visits)
        {
            _visitRow = new int[visits];
        }
    }

    /// <summary>Declares that a visit is at a state.</summary>
    public void Visit(int visit, int b, UInt128 state) => _visitRow[visit] = _mlp.Row(state, _usesContext ? b : 0);

    /// <summary>Computes the flows of all visits declared so far.</summary>
    public void Compute() => _mlp.Compute();

    /// <summary>log F of a visit of trajectory b.</summary>
    public double Value(int visit, int b, float beta)
    {
        var learned = 0f;
        var scale = _temperature.Scale(b);
        var outputs = _mlp.Outputs(_visitRow[visit]);
        for (var k = 0; k < scale.Length; k++)
        {
            learned += scale[k] * outputs[k];
        }

        var (intercept, slope) = _parameters.LogZKnown;
        return intercept + (slope * beta) + learned;
    }

    /// <summary>Clears the network's gradient.</summary>
    public void BeginBackward()
    {
        _network.ClearGradient();
        _temperature.BeginBackward();
        _mlp.BeginBackward();
    }

    /// <summary>Adds d loss / d log F of a visit of trajectory b.</summary>
    public void AddGradient(int visit, int b, float gradient)
    {
        var row = _visitRow[visit];
        var scale = _temperature.Scale(b);
        var outputs = _mlp.Outputs(row);
        var scaleGradient = _temperature.ScaleGradient(b);
        var outputGradient = _mlp.OutputGradient(row);
        for (var k = 0; k < scale.Length; k++)
        {
            outputGradient[k] += scale[k] * gradient;
            scaleGradient[k] += outputs[k] * gradient;
        }
    }

    /// <summary>Carries what was added to the parameters.</summary>
    public void EndBackward()
    {
        _mlp.Backward(_temperature.CodeGradient, TemperatureCode.CodeStride);
        _temperature.Backward();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mlp.Dispose();
        _temperature.Dispose();
    }
}
