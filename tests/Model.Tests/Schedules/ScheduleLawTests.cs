using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Xunit;

namespace Tempera.Model.Tests.Schedules;

/// <summary>Each schedule against the closed form of its cumulative distribution.</summary>
public sealed class ScheduleLawTests
{
    private const int Draws = 100_000;

    private static readonly Dictionary<string, Func<double, double>> Laws = new()
    {
        ["uniform:1,3"] = beta => (beta - 1) / 2,
        ["log-uniform:1,100"] = beta => Math.Log(beta) / Math.Log(100),
        ["exp-tilted:1,3"] = beta => (Math.Exp(beta) - Math.E) / (Math.Exp(3) - Math.E),
        ["exp-tilted:1,5000"] = beta => Math.Exp(beta - 5000),
        ["annealing:1,3"] = beta => Math.Clamp(beta - 1.5, 0, 1),
        ["annealing-reverse:1,3,width=0.25"] = beta => Math.Clamp((beta - 1.75) / 0.5, 0, 1),
    };

    public static TheoryData<string> Texts => [.. Laws.Keys];

    [Theory, MemberData(nameof(Texts))]
    public void Draws_FollowTheLaw(string text)
    {
        var betas = Draw(BetaScheduleParser.Parse(text));
        Array.Sort(betas);
        var distance = betas.Select((beta, i) => Math.Abs(Laws[text](beta) - (i + 0.5) / Draws)).Max();

        // Kolmogorov-Smirnov: the distance passes 2.2 / sqrt(n) with probability 1e-4, and the seed is fixed.
        Assert.InRange(distance, 0, 2.2 / Math.Sqrt(Draws));
    }

    [Fact]
    public void ClippedNormal_IsNormalInsideWithPointMassesAtTheEnds()
    {
        var betas = Draw(BetaScheduleParser.Parse("clipped-normal:1,3,mu=2.5,sigma=0.5"));

        // P(below 1) = Phi(-3), P(above 3) = Phi(-1)', P(below 2.5) = 1/2, P(below 2) = Phi(-1).
        Assert.Equal(0.0013499, betas.Count(beta => beta == 1) / (double)Draws, 5 * Math.Sqrt(0.00135 / Draws));
        Assert.Equal(0.15866, betas.Count(beta => beta == 3) / (double)Draws, 5 * Math.Sqrt(0.16 / Draws));
        Assert.Equal(0.5, betas.Count(beta => beta < 2.5) / (double)Draws, 5 * Math.Sqrt(0.25 / Draws));
        Assert.Equal(0.15866, betas.Count(beta => beta < 2) / (double)Draws, 5 * Math.Sqrt(0.16 / Draws));
    }

    [Fact]
    public void Constant_IsAPoint() =>
        Assert.All(Draw(BetaScheduleParser.Parse("constant:2.5")), beta => Assert.Equal(2.5f, beta));

    [Theory]
    [InlineData("constant:2")]
    [InlineData("uniform:1,3")]
    [InlineData("log-uniform:0.1,1000000")]
    [InlineData("exp-tilted:1,1000000")]
    [InlineData("clipped-normal:1,3,mu=1000000,sigma=1000000")]
    [InlineData("annealing:1,3,width=5")]
    [InlineData("annealing-reverse:1,3,path=geometric,restarts=2")]
    public void Draws_AreFiniteAndInsideTheStatedRange(string text)
    {
        var schedule = BetaScheduleParser.Parse(text);

        Assert.All(Draw(schedule), beta => Assert.InRange(beta, schedule.Minimum, schedule.Maximum));
    }

    [Theory]
    [InlineData("uniform:1,3")]
    [InlineData("clipped-normal:1,3")]
    [InlineData("annealing:1,3,adaptive=true")]
    public void Draws_AreAFunctionOfSeedRoundAndPosition(string text)
    {
        var (first, again, other) = (new float[64], new float[32], new float[32]);
        var context = new ScheduleContext(7, 10, 100, null, 3);
        BetaScheduleParser.Parse(text).Draw(context, new RandomStreams(1).At("beta", 7), first);
        BetaScheduleParser.Parse(text).Draw(context, new RandomStreams(1).At("beta", 7), again);
        BetaScheduleParser.Parse(text).Draw(context, new RandomStreams(2).At("beta", 7), other);

        Assert.Equal(first[..32], again);
        Assert.NotEqual(again, other);
    }

    /// <summary>In the middle of a campaign of 101 rounds, where the centre of an annealing path is at a half.</summary>
    private static float[] Draw(IBetaSchedule schedule)
    {
        var betas = new float[Draws];
        schedule.Draw(new ScheduleContext(51, 101, 0, null, 0), new RandomStreams(17).At("beta", 51), betas);
        return betas;
    }
}
