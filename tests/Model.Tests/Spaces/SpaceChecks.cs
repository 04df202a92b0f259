using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

/// <summary>Helpers that walk a whole small space.</summary>
internal static class SpaceChecks
{
    public static UInt128[] Children(IDesignSpace space, UInt128 state)
    {
        var buffer = new UInt128[space.MaxChildren];
        return buffer[..space.GetChildren(state, buffer)];
    }

    public static UInt128[] Parents(IDesignSpace space, UInt128 state)
    {
        var buffer = new UInt128[space.MaxParents];
        return buffer[..space.GetParents(state, buffer)];
    }

    /// <summary>Every reachable state, each after all of its parents.</summary>
    public static List<UInt128> States(IDesignSpace space)
    {
        var (states, seen, layer) = (new List<UInt128>(), new HashSet<UInt128>(), new List<UInt128> { space.Root });
        while (layer.Count > 0)
        {
            var next = new List<UInt128>();
            foreach (var state in layer)
            {
                states.Add(state);
                next.AddRange((space.IsTerminal(state) ? [] : Children(space, state)).Where(seen.Add));
            }

            layer = next;
        }

        return states;
    }

    /// <summary>Pushes a mass of 1 from the root along the edges; share gives the part of each child from their number.</summary>
    public static Dictionary<UInt128, double> Push(IDesignSpace space, Func<int, double> share)
    {
        var mass = new Dictionary<UInt128, double> { [space.Root] = 1 };
        foreach (var state in States(space).Where(state => !space.IsTerminal(state)))
        {
            var children = Children(space, state);
            foreach (var child in children)
            {
                mass[child] = mass.GetValueOrDefault(child) + mass[state] * share(children.Length);
            }
        }

        return mass;
    }

    public static void AssertActionsCover(
        int actionCount, int edgeCount, int written, ReadOnlySpan<int> actions, ReadOnlySpan<int> edges)
    {
        var named = actions[..written].ToArray();
        Assert.All(named, action => Assert.InRange(action, 0, actionCount - 1));
        Assert.Equal(named.Length, named.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, edgeCount), edges[..written].ToArray().Distinct().Order());
    }
}
