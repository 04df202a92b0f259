using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

public sealed class HypergridSpaceTests
{
    private static readonly UInt128 Terminal = UInt128.One << 127;

    [Fact]
    public void Edges_AreStepsInOrderThenTheStop()
    {
        var space = new HypergridSpace(3, 4);
        var cell = (UInt128)(1 | (3 << 8) | (2 << 16));

        Assert.Equal([cell + 1, cell + (1 << 16), cell | Terminal], SpaceChecks.Children(space, cell));
        Assert.Equal([cell - 1, cell - (1 << 8), cell - (1 << 16)], SpaceChecks.Parents(space, cell));
        Assert.Equal([cell], SpaceChecks.Parents(space, cell | Terminal));
    }

    [Fact]
    public void Actions_AreNumberedByDimensionAndTheStopIsLast()
    {
        var space = new HypergridSpace(3, 4);
        var cell = (UInt128)(1 | (3 << 8));
        var (actions, edges) = (new int[4], new int[4]);

        Assert.Equal(3, space.GetForwardActions(cell, actions, edges));
        Assert.Equal([0, 2, 3], actions[..3]);
        Assert.Equal(2, space.GetBackwardActions(cell, actions, edges));
        Assert.Equal([0, 1], actions[..2]);
        Assert.Equal(1, space.GetBackwardActions(cell | Terminal, actions, edges));
        Assert.Equal(3, actions[0]);
    }

    [Fact]
    public void Features_AreOneHotCoordinatesAndTheTerminalFlag()
    {
        var space = new HypergridSpace(2, 8);
        var active = new int[3];

        Assert.True(space.TryParse("3,5", out var cell, out _));
        Assert.Equal(3, space.GetFeatures(cell, active));
        Assert.Equal([3, 13, 16], active);
        Assert.Equal("3,5", space.Format(cell));
        Assert.Equal(17, space.FeatureCount);
    }

    [Fact]
    public void LargestGrid_FitsBesideTheFlag()
    {
        var space = new HypergridSpace(15, 256);
        var text = string.Join(',', Enumerable.Repeat(255, 15));

        Assert.True(space.TryParse(text, out var corner, out _));
        Assert.Equal(text, space.Format(corner));
        Assert.Equal([corner], SpaceChecks.Children(space, corner ^ Terminal));
        Assert.Equal(15, SpaceChecks.Parents(space, corner ^ Terminal).Length);
    }

    [Theory]
    [InlineData("3", "2 coordinates", "received 1")]
    [InlineData("3,5,1", "2 coordinates", "received 3")]
    [InlineData("3,8", "0 to 7", "'8'")]
    [InlineData("3,-1", "0 to 7", "'-1'")]
    [InlineData("3,x", "0 to 7", "'x'")]
    [InlineData("3,99999999999", "0 to 7", "'99999999999'")]
    public void Parse_RefusesWithRuleAndValue(string text, string rule, string value)
    {
        Assert.False(new HypergridSpace(2, 8).TryParse(text, out var terminal, out var error));
        Assert.Equal(UInt128.Zero, terminal);
        Assert.Contains(rule, error);
        Assert.Contains(value, error);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(16, 8)]
    [InlineData(2, 1)]
    [InlineData(2, 257)]
    public void Construction_RefusesWhatDoesNotFit(int dims, int side) =>
        Assert.Throws<ArgumentException>(() => new HypergridSpace(dims, side));
}
