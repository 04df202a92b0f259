using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Xunit;

namespace Tempera.Model.Tests.Schedules;

public sealed class AnnealingScheduleTests
{
    [Theory]
    [InlineData("annealing:1,9,width=0", "1 3 5 7 9")]
    [InlineData("annealing-reverse:1,9,width=0", "9 7 5 3 1")]
    [InlineData("annealing:1,16,path=geometric,width=0", "1 2 4 8 16")]
    [InlineData("annealing-reverse:1,16,path=geometric,width=0", "16 8 4 2 1")]
    [InlineData("annealing:1,3,path=cosine,width=0", "1 1.292893 2 2.707107 3")]
    [InlineData("annealing:1,9,width=0,restarts=1", "1 5 1 5 9")]
    [InlineData("annealing:1,9,width=0,restarts=3", "1 1 1 1 9")]
    public void Centre_FollowsThePath(string text, string centres)
    {
        var schedule = BetaScheduleParser.Parse(text);

        Assert.Equal(
            centres.Split(' ').Select(float.Parse),
            Enumerable.Range(1, 5).Select(round => One(schedule, new ScheduleContext(round, 5, 0, null, 0))),
            (left, right) => Math.Abs(left - right) < 1e-5);
    }

    [Fact]
    public void Restarts_GoThroughThePathOnceMoreEach()
    {
        var schedule = BetaScheduleParser.Parse("annealing:1,3,width=0,restarts=4");
        var betas = Enumerable.Range(1, 1001).Select(round => One(schedule, new ScheduleContext(round, 1001, 0, null, 0))).ToArray();

        Assert.Equal(4, betas.Zip(betas.Skip(1)).Count(pair => pair.Second < pair.First));
        Assert.Equal(3, betas[^1]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(500, 2)]
    [InlineData(1000, 3)]
    [InlineData(5000, 3)]
    public void Budget_MeasuresProgressInOracleCalls(long calls, float centre) =>
        Assert.Equal(centre, One(BetaScheduleParser.Parse("annealing:1,3,width=0,progress=budget"), new ScheduleContext(1, 5, calls, 1000, 0)));

    [Fact]
    public void Budget_WithoutOneCountsRounds() =>
        Assert.Equal(2, One(BetaScheduleParser.Parse("annealing:1,3,width=0,progress=budget"), new ScheduleContext(3, 5, 10, null, 0)));

    [Theory]
    [InlineData(1, 1, 1f)]
    [InlineData(9, 5, 3f)]
    public void RoundsOutsideThePlan_StayOnThePath(int round, int rounds, float centre) =>
        Assert.Equal(centre, One(BetaScheduleParser.Parse("annealing:1,3,width=0"), new ScheduleContext(round, rounds, 0, null, 0)));

    [Fact]
    public void Width_ClipsToPointMassesAtTheEnds()
    {
        var betas = new float[10_000];
        BetaScheduleParser.Parse("annealing:1,3").Draw(new ScheduleContext(1, 5, 0, null, 0), new RandomStreams(4).At("beta", 1), betas);

        Assert.InRange(betas.Count(beta => beta == 1), 4700, 5300);
        Assert.InRange(betas.Max(), 1.49f, 1.5f);
    }

    [Theory]
    [InlineData("uniform:1,3")]
    [InlineData("annealing:1,3")]
    public void StatelessSchedules_RefuseForeignState(string text)
    {
        var schedule = BetaScheduleParser.Parse(text);

        Assert.Empty(schedule.CaptureState());
        Assert.Contains("received 2", Assert.Throws<ArgumentException>(() => schedule.RestoreState([1, 2])).Message);
    }

    private static float One(IBetaSchedule schedule, ScheduleContext context)
    {
        var betas = new float[1];
        schedule.Draw(context, new RandomStreams(1).At("beta", context.Round), betas);
        return betas[0];
    }
}
