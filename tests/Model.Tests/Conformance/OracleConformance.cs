using Tempera.Model.Oracles;
using Xunit;

namespace Tempera.Model.Tests.Conformance;

/// <summary>What every oracle must do: finite scores that depend on the object alone, from any number of threads.</summary>
internal static class OracleConformance
{
    /// <summary>Checks an oracle on some objects; returns their scores.</summary>
    public static double[] Check(IOracle oracle, UInt128[] objects)
    {
        Assert.NotEmpty(oracle.Version);
        var scores = Score(oracle, objects);
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
        Assert.Equal(scores, Score(oracle, objects));
        Assert.Equal(scores.Reverse(), Score(oracle, [.. objects.Reverse()]));
        Assert.Equal(scores, objects.Select(terminal => Score(oracle, [terminal])[0]));
        Score(oracle, []);

        var runs = new double[8][];
        Parallel.For(0, runs.Length, run => runs[run] = Score(oracle, objects));
        Assert.All(runs, run => Assert.Equal(scores, run));
        return scores;
    }

    private static double[] Score(IOracle oracle, UInt128[] objects)
    {
        var scores = new double[objects.Length];
        oracle.Score(objects, scores);
        return scores;
    }
}
