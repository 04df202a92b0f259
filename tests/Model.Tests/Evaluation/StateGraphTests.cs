using Tempera.Model.Evaluation;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class StateGraphTests
{
    [Theory]
    [MemberData(nameof(ExactDistributionTests.Spaces), MemberType = typeof(ExactDistributionTests))]
    public void StatesComeAfterAllTheirParents(IDesignSpace space)
    {
        var graph = StateGraph.Build(space, 10_000, CancellationToken.None);
        var (seen, parents, waves) = (new HashSet<UInt128>(), new UInt128[space.MaxParents], 0);
        for (var wave = 0; wave < graph.WaveCount; wave++)
        {
            foreach (var state in graph.Wave(wave))
            {
                for (var i = state == 0 ? 0 : space.GetParents(graph.State(state), parents); i > 0; i--)
                {
                    Assert.Contains(parents[i - 1], seen);
                }
            }

            foreach (var state in graph.Wave(wave))
            {
                Assert.True(seen.Add(graph.State(state)));
                waves++;
            }
        }

        Assert.Equal(graph.StateCount, waves + graph.Terminals.Length);
    }

    [Fact]
    public void ChildrenKeepTheOrderOfTheSpace()
    {
        var space = new PrependAppendSpace("ACG", 3);
        var (graph, children) = (StateGraph.Build(space, 1000, CancellationToken.None), new UInt128[space.MaxChildren]);
        foreach (var state in graph.Order)
        {
            var count = space.GetChildren(graph.State(state), children);
            Assert.Equal(children[..count], Enumerable.Range(0, graph.ChildCount(state)).Select(i => graph.State(graph.Child(state, i))));
        }
    }

    [Fact]
    public void TheLimitAndCancellationStopTheWalk()
    {
        var space = new PrependAppendSpace("ACG", 5);
        Assert.Contains("at most 100 states", Assert.Throws<ArgumentException>(() => StateGraph.Build(space, 100, CancellationToken.None)).Message);
        Assert.Throws<OperationCanceledException>(() => StateGraph.Build(space, 1000, new CancellationToken(true)));
    }
}
