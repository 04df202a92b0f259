namespace Tempera.Model.Networks;

/// <summary>The flat values of one network and their gradient, pinned so that vector code may hold pointers.</summary>
public sealed class NetworkParameters(string name, ParameterLayout layout)
{
    /// <summary><c>forward</c>, <c>backward</c>, <c>log_z</c>, <c>flow</c> or <c>potential</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Where each weight lies.</summary>
    public ParameterLayout Layout { get; } = layout;

    /// <summary>The weights.</summary>
    public float[] Values { get; } = GC.AllocateArray<float>(layout.Length, pinned: true);

    /// <summary>d loss / d weights of the last backward pass.</summary>
    public float[] Gradient { get; } = GC.AllocateArray<float>(layout.Length, pinned: true);

    /// <summary>The rows of its first layer that a step may leave alone; null where it takes all.</summary>
    public LazyRows? Lazy { get; } = layout.Lazy is var (slot, rows) ? new LazyRows(slot.Offset, rows, slot.Columns) : null;

    /// <summary>Sets the gradient to zero.</summary>
    public void ClearGradient()
    {
        if (Lazy is null)
        {
            Gradient.AsSpan().Clear();
        }
        else
        {
            Lazy.Clear(Gradient);
        }
    }

    /// <summary>The values of one slot.</summary>
    public Span<float> Slot(ParameterSlot slot) => Values.AsSpan(slot.Offset, slot.Length);
}
