using Tempera.Client.Chaos.Faults;

using Xunit;

namespace Tempera.Chaos.Faults;

/// <summary>The faults of a rehearsal come from its seed and nothing else.</summary>
public sealed class FaultPlanTests
{
    private static readonly string[] Kinds = ["a", "b", "c"];

    [Fact]
    public void The_same_seed_draws_the_same_faults_and_another_seed_others()
    {
        var first = FaultPlan.Draw(7, Kinds).Take(50).ToList();

        Assert.Equal(first, FaultPlan.Draw(7, Kinds).Take(50));
        Assert.NotEqual(first, FaultPlan.Draw(8, Kinds).Take(50));
    }

    [Fact]
    public void Every_kind_comes_once_in_each_run_of_as_many_faults_as_there_are_kinds() => Assert.All(
        FaultPlan.Draw(1, Kinds).Take(300).Chunk(3), static run => Assert.Equal(Kinds, run.Select(static draw => draw.Kind).Order()));

    [Fact]
    public void Shares_are_spread_from_0_to_1()
    {
        var draws = FaultPlan.Draw(3, Kinds).Take(1000).ToList();

        Assert.All(draws, static draw => Assert.True(draw is { Moment: >= 0 and < 1, Target: >= 0 and < 1, Length: >= 0 and < 1 }));
        Assert.InRange(draws.Average(static draw => draw.Target), 0.45, 0.55);
        Assert.Equal([1, 2, 3], draws.Take(3).Select(static draw => draw.Number));
    }

    // Written down so that a seed means the same faults in every version.
    [Fact]
    public void A_seed_keeps_its_meaning()
    {
        var draw = FaultPlan.Draw(1, ["kill", "freeze", "stop"]).First();

        Assert.Equal(("kill", 0.971003), (draw.Kind, Math.Round(draw.Moment, 6)));
    }

    [Fact]
    public void Kinds_have_names_of_their_own() => Assert.Distinct(FaultCatalog.All.Select(static fault => fault.Name));
}
