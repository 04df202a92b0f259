using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

public sealed class WindowFeatureSpaceTests
{
    private static readonly PrependAppendSpace Strings = new("ACGT", 5);

    [Fact]
    public void CountsWindowsOfEveryWidth() =>
        Assert.Equal((5 * 4) + (4 * 16) + (3 * 64), WindowFeatureSpace.Of(Strings, 3).FeatureCount);

    [Fact]
    public void NamesEverySymbolAndEveryPairOfNeighbours()
    {
        var space = WindowFeatureSpace.Of(Strings, 2);
        Assert.True(Strings.TryParse("ACGTA", out var state, out _));

        // One-hot of 0 1 2 3 0 at positions 0 to 4, then 16 features a pair of positions from 20 on: AC = 1, CG = 6, GT = 11, TA = 12.
        Assert.Equal([0, 5, 10, 15, 16, 20 + 1, 36 + 6, 52 + 11, 68 + 12], Features(space, state));
    }

    [Fact]
    public void UnfinishedStringsHaveOnlyTheWindowsTheyFill()
    {
        var space = WindowFeatureSpace.Of(Strings, 3);
        var children = new UInt128[space.MaxChildren];

        Assert.Empty(Features(space, space.Root));
        space.GetChildren(space.Root, children);
        Assert.Single(Features(space, children[2]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void FeaturesAreAscendingInRangeAndTellObjectsApart(int window)
    {
        var space = WindowFeatureSpace.Of(Strings, window);
        var seen = new HashSet<string>();
        foreach (var terminal in space.EnumerateObjects())
        {
            var features = Features(space, terminal);
            Assert.Equal(space.MaxActiveFeatures, features.Length);
            Assert.Equal(features.Order(), features);
            Assert.InRange(features[^1], 0, space.FeatureCount - 1);
            Assert.True(seen.Add(string.Join(',', features)));
        }

        Assert.Equal(1024, seen.Count);
    }

    [Theory]
    [InlineData("ACGT", 8, 1808)]
    [InlineData("ACGU", 14, 1032)]
    [InlineData("0123456789a", 5, 539)]
    [InlineData("0123456789abcdefgh", 6, 1728)]
    public void ZeroChoosesByTheNumberOfFeatures(string alphabet, int length, int features) =>
        Assert.Equal(features, WindowFeatureSpace.Of(new PrependAppendSpace(alphabet, length), 0).FeatureCount);

    [Fact]
    public void ZeroLeavesOtherSpacesAsTheyAre()
    {
        // Words of two bits have as many symbols as two bits have, but a feature a word.
        foreach (var space in new IDesignSpace[] { new HypergridSpace(2, 8), AppendSpace.Bits(12, 2), AppendSpace.Bits(12, 4) })
        {
            Assert.False(WindowFeatureSpace.Fits(space));
            Assert.Same(space, WindowFeatureSpace.Of(space, 0));
        }

        Assert.Same(Strings, WindowFeatureSpace.Of(Strings, 1));
    }

    [Theory]
    [InlineData(6, "at most the 5 positions")]
    [InlineData(16, "at most the 5 positions")]
    public void RefusesAWindowThatDoesNotFit(int window, string rule) =>
        Assert.Contains(rule, Assert.Throws<SettingException>(() => WindowFeatureSpace.Of(Strings, window)).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryStringOfEightLettersOfFourMayHaveAFeatureOfItsOwn()
    {
        var space = WindowFeatureSpace.Of(new PrependAppendSpace("ACGT", 8), 8);
        Assert.Equal(116_496, space.FeatureCount);
        Assert.Equal(65_536, space.EnumerateObjects().Select(terminal => Features(space, terminal)[^1]).Distinct().Count());
    }

    [Fact]
    public void RefusesTooManyFeaturesAndOtherSpaces()
    {
        var wide = Assert.Throws<SettingException>(() => WindowFeatureSpace.Of(new PrependAppendSpace("0123456789abcdefgh", 6), 4));
        var grid = Assert.Throws<SettingException>(() => WindowFeatureSpace.Of(new HypergridSpace(2, 8), 2));

        Assert.Contains("200,000 features", wide.Message, StringComparison.Ordinal);
        Assert.Contains("no strings of symbols", grid.Message, StringComparison.Ordinal);
    }

    private static int[] Features(IDesignSpace space, UInt128 state)
    {
        var active = new int[space.MaxActiveFeatures];
        return active[..space.GetFeatures(state, active)];
    }
}
