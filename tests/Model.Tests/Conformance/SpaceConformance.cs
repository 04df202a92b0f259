using Tempera.Model.Random;
using Tempera.Model.Spaces;
using Tempera.Model.Tests.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Conformance;

/// <summary>What every design space must do, checked along random walks, so that its size does not matter.</summary>
internal static class SpaceConformance
{
    /// <summary>Terminal objects of random walks, with duplicates.</summary>
    public static UInt128[] Walks(IDesignSpace space, int count, Action<UInt128, UInt128>? step = null)
    {
        var random = new RandomStreams(11).At("conformance", 0);
        var (position, objects) = (0UL, new UInt128[count]);
        for (var i = 0; i < count; i++)
        {
            var state = space.Root;
            for (var steps = 0; !space.IsTerminal(state); steps++)
            {
                Assert.InRange(steps, 0, space.MaxSteps - 1);
                var children = SpaceChecks.Children(space, state);
                Assert.NotEmpty(children);
                var child = children[random.Below(position++, children.Length)];
                step?.Invoke(state, child);
                state = child;
            }

            objects[i] = state;
        }

        return objects;
    }

    /// <summary>Checks a space.</summary>
    public static void Check(IDesignSpace space)
    {
        Assert.NotEmpty(space.Name);
        Assert.True(double.IsFinite(space.LogObjectCount) && space.LogObjectCount >= 0);
        Assert.False(space.IsTerminal(space.Root));
        foreach (var terminal in Walks(space, 100, (state, child) => CheckEdge(space, state, child)))
        {
            CheckText(space, terminal);
            CheckNeighbours(space, terminal);
        }
    }

    private static void CheckEdge(IDesignSpace space, UInt128 state, UInt128 child)
    {
        var (children, parents) = (SpaceChecks.Children(space, state), SpaceChecks.Parents(space, child));
        Assert.Equal(children.Length, children.Distinct().Count());
        Assert.Equal(parents.Length, parents.Distinct().Count());
        Assert.Contains(state, parents);
        Assert.All(parents, parent => Assert.Contains(child, SpaceChecks.Children(space, parent)));
        Assert.Equal(children, SpaceChecks.Children(space, state));

        var (actions, edges) = (new int[space.ForwardActionCount], new int[space.ForwardActionCount]);
        SpaceChecks.AssertActionsCover(space.ForwardActionCount, children.Length, space.GetForwardActions(state, actions, edges), actions, edges);
        (actions, edges) = (new int[space.BackwardActionCount], new int[space.BackwardActionCount]);
        SpaceChecks.AssertActionsCover(space.BackwardActionCount, parents.Length, space.GetBackwardActions(child, actions, edges), actions, edges);

        var (before, after) = (Features(space, state), Features(space, child));
        Assert.All(after, feature => Assert.InRange(feature, 0, space.FeatureCount - 1));
        Assert.Equal(after.Distinct().Order(), after);
        Assert.True(space.IsTerminal(child) || !before.SequenceEqual(after), "Two states on a path must differ in their features.");
    }

    private static void CheckText(IDesignSpace space, UInt128 terminal)
    {
        var text = space.Format(terminal);
        Assert.True(space.TryParse(text, out var parsed, out var error), error);
        Assert.Equal(terminal, parsed);
        Assert.False(space.TryParse(text + "?", out _, out error));
        Assert.NotEmpty(error);
    }

    private static void CheckNeighbours(IDesignSpace space, UInt128 terminal)
    {
        var neighbours = new UInt128[space.MaxNeighbours];
        neighbours = neighbours[..space.GetNeighbours(terminal, neighbours)];
        Assert.Equal(neighbours.Length, neighbours.Distinct().Count());
        Assert.DoesNotContain(terminal, neighbours);
        foreach (var neighbour in neighbours.Take(8))
        {
            var back = new UInt128[space.MaxNeighbours];
            Assert.True(space.IsTerminal(neighbour));
            Assert.Contains(terminal, back[..space.GetNeighbours(neighbour, back)]);
        }
    }

    private static int[] Features(IDesignSpace space, UInt128 state)
    {
        var active = new int[space.MaxActiveFeatures];
        return active[..space.GetFeatures(state, active)];
    }
}
