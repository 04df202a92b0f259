namespace Tempera.Model.Networks;

/// <summary>One named weight inside a network's flat vector.</summary>
/// <param name="Name">For example <c>encoder.0.weight</c>.</param>
/// <param name="Rows">Inputs; weights are stored <c>[in, out]</c>, row major.</param>
/// <param name="Columns">Outputs; a bias has one row.</param>
/// <param name="Offset">Position of the first element in the flat vector.</param>
/// <param name="FanIn">Inputs of the linear map, which bounds the initial values by 1/sqrt(FanIn).</param>
public sealed record ParameterSlot(string Name, int Rows, int Columns, int Offset, int FanIn)
{
    /// <summary>Number of elements.</summary>
    public int Length => Rows * Columns;
}

/// <summary>The layout of the named weights inside ONE flat float vector of a network, in the order they were added.</summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterSlot> _slots = [];

    /// <summary>The slots, in order.</summary>
    public IReadOnlyList<ParameterSlot> Slots => _slots;

    /// <summary>Elements of the flat vector.</summary>
    public int Length { get; private set; }

    /// <summary>The weight whose first rows are features of which a state has few; null where all are always stepped.</summary>
    public (ParameterSlot Slot, int Rows)? Lazy { get; set; }

    /// <summary>Adds the weight and the bias of a linear map.</summary>
    public LinearSlots AddLinear(string name, int inputs, int outputs) =>
        new(Add(name + ".weight", inputs, outputs, inputs), Add(name + ".bias", 1, outputs, inputs));

    /// <summary>Adds the linear maps of an MLP with the given sizes, input first.</summary>
    public LinearSlots[] AddMlp(string name, params ReadOnlySpan<int> sizes)
    {
        var maps = new LinearSlots[sizes.Length - 1];
        for (var i = 0; i < maps.Length; i++)
        {
            maps[i] = AddLinear($"{name}.{i}", sizes[i], sizes[i + 1]);
        }

        return maps;
    }

    /// <summary>Adds one slot.</summary>
    public ParameterSlot Add(string name, int rows, int columns, int fanIn)
    {
        var slot = new ParameterSlot(name, rows, columns, Length, fanIn);
        _slots.Add(slot);
        Length += slot.Length;
        return slot;
    }
}
