using Tempera.Grains.Placement;

using Xunit;

namespace Tempera.Grains.Tests.Searching;

public sealed class SpreadPlacementTests
{
    [Theory]
    [InlineData(8, 4, 2)]
    [InlineData(9, 3, 3)]
    [InlineData(2, 4, 1)]
    public void TheGrainsOfACampaignAreDealtOutEvenly(int grains, int silos, int most)
    {
        var counts = Enumerable.Range(0, grains).CountBy(number => SpreadPlacementDirector.Index($"campaign/{number}", silos)).ToList();

        Assert.Equal(Math.Min(grains, silos), counts.Count);
        Assert.All(counts, silo => Assert.InRange(silo.Value, 1, most));
    }

    [Fact]
    public void CampaignsBeginAtDifferentSilos() =>
        Assert.Equal(4, Enumerable.Range(0, 100).Select(static id => SpreadPlacementDirector.Index($"c{id}/0", 4)).Distinct().Count());
}
