using Tempera.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// One network's flat values and gradient on the device. Weights are leaves of the graph that view them, so autograd writes
/// straight into the flat gradient and the layout is that of every engine.
/// </summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly NetworkParameters _parameters;
    private readonly TorchContext _context;
    private readonly List<Tensor> _owned = [];

    public TorchNetwork(NetworkParameters parameters, TorchContext context)
    {
        (_parameters, _context) = (parameters, context);
        Values = Own(torch.zeros(parameters.Values.Length, dtype: ScalarType.Float32, device: context.Device));
        Gradient = Own(torch.zeros(parameters.Values.Length, dtype: ScalarType.Float32, device: context.Device));
    }

    /// <summary>All weights, flat.</summary>
    public Tensor Values { get; }

    /// <summary>d loss / d weights, flat.</summary>
    public Tensor Gradient { get; }

    /// <summary>Some rows of a weight <c>[rows, out]</c> as a leaf of the graph.</summary>
    public Tensor Weight(ParameterSlot slot, int firstRow, int rows) =>
        Leaf(slot.Offset + (firstRow * slot.Columns), rows * slot.Columns, [rows, slot.Columns]);

    /// <summary>A whole weight <c>[in, out]</c>.</summary>
    public Tensor Weight(ParameterSlot slot) => Weight(slot, 0, slot.Rows);

    /// <summary>A bias <c>[out]</c>.</summary>
    public Tensor Bias(ParameterSlot slot) => Leaf(slot.Offset, slot.Columns, [slot.Columns]);

    /// <summary>The leaves of linear maps.</summary>
    public TorchLinear[] Leaves(LinearSlots[] maps) => Array.ConvertAll(maps, map => new TorchLinear(Weight(map.Weight), Bias(map.Bias)));

    /// <summary>Takes the host's values.</summary>
    public void Upload() => _context.Write(_parameters.Values, Values);

    /// <summary>Brings the values to the host.</summary>
    public void DownloadValues() => _context.Read<float>(Values, _parameters.Values);

    /// <summary>Brings the gradient to the host.</summary>
    public void DownloadGradient()
    {
        _context.Read<float>(Gradient, _parameters.Gradient);
        _parameters.Lazy?.MarkAllReached(_parameters.Gradient);
    }

    /// <summary>
    /// 1 where a step changes an element, 0 in lazy rows that the gradient did not reach <c>[length]</c>; null where a step changes all.
    /// </summary>
    public Tensor? Reached()
    {
        if (_parameters.Lazy is not { } lazy)
        {
            return null;
        }

        var rows = Gradient.narrow(0, lazy.Offset, lazy.End - lazy.Offset).view(-1, lazy.Columns);
        var reached = torch.ones_like(Gradient);
        reached.narrow(0, lazy.Offset, lazy.End - lazy.Offset).view(-1, lazy.Columns).mul_(rows.ne(0).any(1, keepdim: true).to_type(ScalarType.Float32));
        return reached;
    }

    /// <summary>Sets the gradient to zero.</summary>
    public void ClearGradient() => Gradient.fill_(0);

    /// <summary>Step sizes of elements, as shares of the network's: those that are reached, lazy rows by their factor.</summary>
    public Tensor Shares(Tensor reached)
    {
        var shares = reached.clone();
        shares.narrow(0, _parameters.Lazy!.Offset, _parameters.Lazy.End - _parameters.Lazy.Offset).mul_(LazyRows.StepFactor);
        return shares;
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.ForEach(static tensor => tensor.Dispose());

    private Tensor Leaf(int start, int length, long[] shape)
    {
        using var scope = NewDisposeScope();
        var leaf = Own(Values.narrow(0, start, length).view(shape).detach().requires_grad_(true));
        leaf.grad = Own(Gradient.narrow(0, start, length).view(shape));
        return leaf;
    }

    private Tensor Own(Tensor tensor)
    {
        _owned.Add(TorchContext.Keep(tensor));
        return tensor;
    }
}
