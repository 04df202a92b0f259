using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Xunit;

namespace Tempera.Model.Tests.Schedules;

public sealed class AdaptiveAnnealingTests
{
    private const int Rounds = 1001;
    private const string Adaptive = "annealing:1,3,width=0,adaptive=true", Plain = "annealing:1,3,width=0";

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void SteadyOrNoModes_KeepThePlannedPace(int modesARound)
    {
        var adaptive = Centres(Adaptive, round => modesARound * round);
        var plain = Centres(Plain, round => modesARound * round);

        Assert.Equal(plain, adaptive, (left, right) => Math.Abs(left - right) < 1e-4);
    }

    [Fact]
    public void FallingRate_SlowsThePath()
    {
        // Ten modes a round, then three: a share of 0.3 of the peak gives a pace of 0.6.
        var centres = Centres(Adaptive, round => round <= 300 ? 10 * round : 3000 + 3 * (round - 300));

        Assert.Equal(1.6, centres[300], 2);
        Assert.Equal(0.6 * 0.2, centres[900] - centres[800], 3);
        Assert.DoesNotContain(centres.Zip(centres.Skip(1)), pair => pair.Second < pair.First);
    }

    [Fact]
    public void StalledRate_ReheatsThenFollowsThePathAgain()
    {
        // Ten modes a round for 400 rounds, none for 100, ten again.
        var centres = Centres(Adaptive, round => 10 * Math.Min(round, 400) + 10 * Math.Max(0, round - 500));
        var falls = Enumerable.Range(1, Rounds - 1).Where(i => centres[i] < centres[i - 1]).ToArray();

        Assert.Single(falls);
        Assert.InRange(falls[0], 400, 500);
        Assert.Equal(1, centres[falls[0]]);
        Assert.Equal(0.2, centres[900] - centres[800], 3);
    }

    [Fact]
    public void Reheating_WaitsForAQuarterOfThePath()
    {
        // The rate dies at once, so the path goes on at a fifth of the pace; a quarter of it takes 1,000 rounds and more.
        var centres = Centres(Adaptive, round => Math.Min(round, 20) * 10);

        Assert.DoesNotContain(centres.Zip(centres.Skip(1)), pair => pair.Second < pair.First);
        Assert.True(centres[^1] < 1.5);
    }

    [Fact]
    public void Restarts_StillGoThroughThePathAgain()
    {
        var centres = Centres("annealing:1,3,width=0,restarts=4,adaptive=true", round => 5 * round);

        Assert.Equal(4, centres.Zip(centres.Skip(1)).Count(pair => pair.Second < pair.First - 1));
    }

    [Fact]
    public void State_CarriesOverToAnotherInstance()
    {
        static int Modes(int round) => 10 * Math.Min(round, 400) + 3 * Math.Max(0, round - 500);
        var uninterrupted = Centres(Adaptive, Modes);
        foreach (var stop in new[] { 1, 250, 450, 700 })
        {
            var first = BetaScheduleParser.Parse(Adaptive);
            var before = Enumerable.Range(1, stop).Select(round => Centre(first, round, Modes)).ToArray();
            var second = BetaScheduleParser.Parse(Adaptive);
            second.RestoreState(first.CaptureState());
            var after = Enumerable.Range(stop + 1, Rounds - stop).Select(round => Centre(second, round, Modes));

            Assert.Equal(uninterrupted, before.Concat(after));
        }
    }

    [Fact]
    public void State_OfAnotherScheduleIsRefused() =>
        Assert.Contains(
            "received 0",
            Assert.Throws<ArgumentException>(() => BetaScheduleParser.Parse(Adaptive).RestoreState([])).Message);

    private static float[] Centres(string text, Func<int, int> modes)
    {
        var schedule = BetaScheduleParser.Parse(text);
        return [.. Enumerable.Range(1, Rounds).Select(round => Centre(schedule, round, modes))];
    }

    /// <summary>A round's centre; every round makes 32 oracle calls.</summary>
    private static float Centre(IBetaSchedule schedule, int round, Func<int, int> modes)
    {
        var betas = new float[1];
        schedule.Draw(new ScheduleContext(round, Rounds, 32L * (round - 1), null, modes(round - 1)), new RandomStreams(1).At("beta", round), betas);
        return betas[0];
    }
}
