using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

/// <summary>What every design space promises, checked on whole small spaces.</summary>
public sealed class DesignSpaceTests
{
    public static TheoryData<string> Names => [.. Spaces.Keys];

    private static readonly Dictionary<string, IDesignSpace> Spaces = new()
    {
        ["AC1"] = new PrependAppendSpace("AC", 1),
        ["AC2"] = new PrependAppendSpace("AC", 2),
        ["ACGU4"] = new PrependAppendSpace("ACGU", 4),
        ["ABCDE3"] = new PrependAppendSpace("ABCDE", 3),
        ["AC7"] = new PrependAppendSpace("AC", 7),
        ["append ABC4"] = new AppendSpace("ABC", 4),
        ["bits 8/1"] = AppendSpace.Bits(8, 1),
        ["bits 8/4"] = AppendSpace.Bits(8, 4),
        ["bits 9/3"] = AppendSpace.Bits(9, 3),
        ["grid 1x2"] = new HypergridSpace(1, 2),
        ["grid 2x8"] = new HypergridSpace(2, 8),
        ["grid 3x4"] = new HypergridSpace(3, 4),
    };

    [Theory, MemberData(nameof(Names))]
    public void EdgesAreUniqueAndTheSameForwardsAndBackwards(string name)
    {
        var space = Spaces[name];
        var states = SpaceChecks.States(space);
        var forward = states.Where(s => !space.IsTerminal(s))
            .SelectMany(s => SpaceChecks.Children(space, s).Select(child => (s, child))).ToList();
        var backward = states.Where(s => s != space.Root)
            .SelectMany(s => SpaceChecks.Parents(space, s).Select(parent => (parent, s))).ToList();

        Assert.Equal(forward.Count, forward.Distinct().Count());
        Assert.Equal(backward.Count, backward.Distinct().Count());
        Assert.Equal(forward.ToHashSet(), backward.ToHashSet());
    }

    [Theory, MemberData(nameof(Names))]
    public void LimitsAreReachedAndNotPassed(string name)
    {
        var space = Spaces[name];
        var states = SpaceChecks.States(space);
        var features = new int[space.MaxActiveFeatures];

        Assert.Equal(space.MaxChildren, states.Where(s => !space.IsTerminal(s)).Max(s => SpaceChecks.Children(space, s).Length));
        Assert.Equal(space.MaxParents, states.Where(s => s != space.Root).Max(s => SpaceChecks.Parents(space, s).Length));
        Assert.Equal(space.MaxActiveFeatures, states.Max(s => space.GetFeatures(s, features)));
        var depth = new Dictionary<UInt128, int> { [space.Root] = 0 };
        foreach (var state in states.Where(s => s != space.Root))
        {
            depth[state] = SpaceChecks.Parents(space, state).Max(parent => depth[parent]) + 1;
        }

        Assert.Equal(space.MaxSteps, depth.Values.Max());
    }

    [Theory, MemberData(nameof(Names))]
    public void UniformPolicy_SumsToOneOverObjects(string name)
    {
        var space = Spaces[name];
        var mass = SpaceChecks.Push(space, children => 1.0 / children);

        Assert.Equal(1, mass.Where(pair => space.IsTerminal(pair.Key)).Sum(pair => pair.Value), 12);
    }

    [Theory, MemberData(nameof(Names))]
    public void ObjectsAreEnumeratedOnce(string name)
    {
        var space = Spaces[name];
        var objects = space.EnumerateObjects().ToList();

        Assert.Equal(objects.Count, objects.Distinct().Count());
        Assert.Equal(SpaceChecks.States(space).Where(space.IsTerminal).ToHashSet(), objects.ToHashSet());
        Assert.Equal(Math.Log(objects.Count), space.LogObjectCount, 10);
    }

    [Theory, MemberData(nameof(Names))]
    public void FeaturesAreAscendingAndTellStatesApart(string name)
    {
        var space = Spaces[name];
        var seen = new HashSet<string>();
        foreach (var state in SpaceChecks.States(space))
        {
            var buffer = new int[space.MaxActiveFeatures];
            var features = buffer[..space.GetFeatures(state, buffer)];

            Assert.Equal(features.Distinct().Order(), features);
            Assert.All(features, feature => Assert.InRange(feature, 0, space.FeatureCount - 1));
            Assert.True(seen.Add(string.Join(' ', features)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ActionsNameEveryEdge(string name)
    {
        var space = Spaces[name];
        var actions = new int[Math.Max(space.ForwardActionCount, space.BackwardActionCount)];
        var edges = new int[actions.Length];
        foreach (var state in SpaceChecks.States(space))
        {
            if (!space.IsTerminal(state))
            {
                var written = space.GetForwardActions(state, actions, edges);
                SpaceChecks.AssertActionsCover(space.ForwardActionCount, SpaceChecks.Children(space, state).Length, written, actions, edges);
            }

            if (state != space.Root)
            {
                var written = space.GetBackwardActions(state, actions, edges);
                SpaceChecks.AssertActionsCover(space.BackwardActionCount, SpaceChecks.Parents(space, state).Length, written, actions, edges);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void TextRoundTrips(string name)
    {
        var space = Spaces[name];
        foreach (var terminal in space.EnumerateObjects())
        {
            Assert.True(space.TryParse(space.Format(terminal), out var parsed, out var error), error);
            Assert.Equal(terminal, parsed);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void NeighboursAreSymmetricDistinctObjects(string name)
    {
        var space = Spaces[name];
        var neighbours = new Dictionary<UInt128, HashSet<UInt128>>();
        foreach (var terminal in space.EnumerateObjects())
        {
            var buffer = new UInt128[space.MaxNeighbours];
            var count = space.GetNeighbours(terminal, buffer);
            neighbours[terminal] = [.. buffer[..count]];
            Assert.Equal(count, neighbours[terminal].Count);
            Assert.DoesNotContain(terminal, neighbours[terminal]);
        }

        Assert.Equal(space.MaxNeighbours, neighbours.Values.Max(set => set.Count));
        Assert.All(neighbours, pair => Assert.All(pair.Value, other => Assert.Contains(pair.Key, neighbours[other])));
    }

    [Theory, MemberData(nameof(Names))]
    public void HotPath_AllocatesNothing(string name)
    {
        var space = Spaces[name];
        var state = SpaceChecks.States(space).Last(s => s != space.Root && !space.IsTerminal(s) || space.MaxSteps == 1);
        var edges = new UInt128[Math.Max(space.MaxChildren, Math.Max(space.MaxParents, space.MaxNeighbours))];
        var actions = new int[Math.Max(space.FeatureCount, Math.Max(space.ForwardActionCount, space.BackwardActionCount))];
        var others = new int[actions.Length];
        Walk();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Walk();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Walk()
        {
            space.GetFeatures(state, actions);
            if (!space.IsTerminal(state))
            {
                space.GetChildren(state, edges);
                space.GetForwardActions(state, actions, others);
            }

            if (state != space.Root)
            {
                space.GetParents(state, edges);
                space.GetBackwardActions(state, actions, others);
            }
        }
    }
}
