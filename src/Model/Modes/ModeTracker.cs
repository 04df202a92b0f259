using Tempera.Model.Collections;
using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>The modes among all evaluated objects, in the order of their discovery.</summary>
/// <remarks>Not thread safe: one caller at a time. Without a rule nothing is ever a mode.</remarks>
public sealed class ModeTracker(IModeRule? rule)
{
    private readonly List<DiscoveredMode> _modes = [];
    private PackedSet _objects = new();

    /// <summary>The definition of a mode; null where the task has none.</summary>
    public IModeRule? Rule { get; } = rule;

    /// <summary>Number of modes.</summary>
    public int Count => _modes.Count;

    /// <summary>The modes in order of discovery: what a checkpoint keeps.</summary>
    public IReadOnlyList<DiscoveredMode> Modes => _modes;

    /// <summary>Takes in a round's newly evaluated objects; returns how many new modes are among them. An object counts once.</summary>
    /// <exception cref="ArgumentException">There is not one score an object; nothing is taken in.</exception>
    public int Observe(int round, ReadOnlySpan<UInt128> objects, ReadOnlySpan<double> scores)
    {
        if (objects.Length != scores.Length)
        {
            throw new ArgumentException($"Modes need one score an object; got {objects.Length} objects and {scores.Length} scores. Pass spans of one length.");
        }

        var before = Count;
        for (var i = 0; Rule is not null && i < objects.Length; i++)
        {
            if (_objects.IndexOf(objects[i]) < 0 && Rule.IsMode(objects[i], scores[i]))
            {
                Add(new DiscoveredMode(objects[i], scores[i], round));
            }
        }

        return Count - before;
    }

    /// <summary>Replaces the modes by those of a checkpoint, without asking the rule again.</summary>
    public void Restore(IEnumerable<DiscoveredMode> modes)
    {
        var restored = modes.ToArray();
        _modes.Clear();
        _objects = new PackedSet();
        foreach (var mode in restored)
        {
            Add(mode);
        }
    }

    private void Add(DiscoveredMode mode)
    {
        if (_objects.Add(mode.Object).Added)
        {
            _modes.Add(mode);
        }
    }
}
