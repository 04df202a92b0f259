using Tempera.Contracts.Errors;
using Tempera.Silo.Tools;

using Xunit;

namespace Tempera.Silo.Tests.Tools;

public sealed class OracleToolTests
{
    private static readonly Dictionary<string, string> None = [];

    // The corner reward of an 8x8 grid: 0.1 everywhere, 0.5 more in the corners, 2 more in their peaks.
    [Theory]
    [InlineData("3,3", 0.1)]
    [InlineData("0,7", 0.6)]
    [InlineData("1,6", 2.6)]
    public void Scores_an_object(string text, double expected)
    {
        var oracle = OracleTool.Open("hypergrid", None);

        Assert.True(oracle.TryScore(text, out var score, out var error), error);
        Assert.Equal(expected, score, 12);
        Assert.NotEmpty(oracle.Version);
    }

    [Fact]
    public void Explains_what_is_wrong_with_an_object_and_goes_on()
    {
        var oracle = OracleTool.Open("hypergrid", None);

        Assert.False(oracle.TryScore("9,1", out var score, out var error));
        Assert.True(double.IsNaN(score));
        Assert.Contains("'9'", error, StringComparison.Ordinal);
        Assert.True(oracle.TryScore("1,1", out _, out _));
    }

    [Fact]
    public void Knows_no_task_of_an_unknown_name() =>
        Assert.Equal(TemperaError.UnknownTask, Assert.Throws<TemperaException>(() => OracleTool.Open("nothing", None)).Code);
}
