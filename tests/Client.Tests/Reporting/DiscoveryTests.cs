using Tempera.Client.Reporting;

using Xunit;

namespace Tempera.Client.Tests.Reporting;

public sealed class DiscoveryTests
{
    [Fact]
    public void FiguresByHand()
    {
        // Modes after each of 10 calls: 0 1 1 1 2 2 2 3 3 3 of 4.
        var discovery = Discovery.Of([2, 5, 8], 10, 4);

        Assert.Equal((5, null), (discovery.CallsToHalf, discovery.CallsToNinety));
        Assert.Equal(18 / 40.0, discovery.ModesArea!.Value, 12);
    }

    [Fact]
    public void AllAtOnceIsTheWholeArea() => Assert.Equal(new Discovery(1, 1, 1), Discovery.Of([1], 7, 1));

    [Fact]
    public void WithoutKnownModesThereIsNothingToShare()
    {
        Assert.Equal(new Discovery(null, null, null), Discovery.Of([1, 2], 7, null));
        Assert.Equal(new Discovery(null, null, null), Discovery.Of([], 7, 0));
        Assert.Equal(new Discovery(null, null, 0), Discovery.Of([], 0, 3));
    }
}
