using Tempera.Client.CommandLine;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.CommandLine;

public sealed class NearestTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("rna1", "", 4)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("RNA1", "rna1", 0)]
    public void DistanceIsLevenshteins(string left, string right, int expected)
    {
        Assert.Equal(expected, Nearest.Distance(left, right));
        Assert.Equal(expected, Nearest.Distance(right, left));
    }

    [Fact]
    public void FarWordsSuggestNothing() => Assert.Null(Nearest.Find("protein", ["rna1", "hypergrid"]));
}
