using Tempera.Grains.Searching;
using Tempera.Model.Settings;

using Xunit;

namespace Tempera.Grains.Tests.Searching;

public sealed class SearchPaceTests
{
    private const int Rounds = 60;

    // Whatever the settings and however searches come back, something may always go on; every trajectory is learned from, none is too old, and
    // the budget is met.
    [Fact]
    public void RoundsAndSearchesNeverWaitForEachOther()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var settings = Draw(random);
            long? budget = random.Next(2) == 0 ? random.Next(1, Rounds * settings.Batch) : null;
            Simulate(settings, budget, random, $"trial {trial}: {settings}, budget {budget}");
        }
    }

    [Fact]
    public void APolicyThatIsTooOldBeginsNoSearchAndOneUnderWayHoldsRoundsUp()
    {
        var pace = new SearchPace(new LearnerSettings { Search = new SearchSettings { Searchers = 4, PolicyAge = 6, SearchAhead = 2 } }, null);

        Assert.True(pace.MayAsk(new SearchPoint(5, 100, 50), default, policyRound: 0));
        Assert.False(pace.MayAsk(new SearchPoint(6, 100, 50), default, policyRound: 0));
        Assert.True(pace.MayLearn(new SearchPoint(5, 100, 50), new SearchState(8, 32, 0)));
        Assert.False(pace.MayLearn(new SearchPoint(6, 100, 50), new SearchState(8, 32, 0)));
    }

    private static LearnerSettings Draw(Random random)
    {
        var (batch, replay) = (random.Next(1, 40), random.Next(3) == 0 ? 0 : random.Next(1, 80));
        var ahead = random.Next(1, 8);
        var least = (batch + replay) / (double)batch;
        return new LearnerSettings
        {
            Batch = batch,
            ReplayBatch = replay,
            Search = new SearchSettings
            {
                Searchers = random.Next(1, 20),
                SearchAhead = ahead,
                PolicyAge = ahead + random.Next(1, 20),
                SamplesPerInsert = replay == 0 || random.Next(2) == 0 ? 0 : least * (1 + (random.NextDouble() * 20)),
                InsertTolerance = 1 + (random.NextDouble() * 5),
            },
        };
    }

    private static void Simulate(LearnerSettings settings, long? budget, Random random, string trial)
    {
        var pace = new SearchPace(settings, budget);
        var (underWay, ready) = (new List<int>(), new Queue<int>());
        long objects = 0;
        var (asked, learned, policy) = (0, 0, 0);
        for (var round = 1; round <= Rounds && (budget is null || objects < budget); round++)
        {
            policy = round - 1 - policy >= settings.Search.PublishEvery ? round - 1 : policy;
            var at = new SearchPoint(round, Rounds - round + 1, objects);
            while (true)
            {
                Ask();
                if (pace.MayLearn(at, State()))
                {
                    break;
                }

                Assert.True(underWay.Count > 0, $"stuck before round {round}, {trial}");
                Return(random.Next(underWay.Count));
            }

            var taken = new List<int>();
            while (ready.Count > 0 && (taken.Count + 1) * pace.SearchSize <= pace.RoundSize)
            {
                taken.Add(ready.Dequeue());
            }

            Assert.All(taken, p => Assert.True(round - 1 - p <= settings.Search.PolicyAge, $"policy {p} in round {round}, {trial}"));
            pace.Taken = taken.Count * pace.SearchSize;
            at = at with { Rounds = at.Rounds - 1 };
            Ask();
            var replays = objects + pace.Taken >= 10 ? settings.ReplayBatch : 0;
            pace.Limiter.Count(pace.Taken, pace.Taken + replays);
            (objects, learned, pace.Taken) = (objects + pace.Taken, learned + taken.Count, 0);
            while (underWay.Count > 0 && random.Next(3) == 0)
            {
                Return(random.Next(underWay.Count));
            }

            void Ask()
            {
                while (pace.MayAsk(at, State(), policy))
                {
                    asked++;
                    underWay.Add(policy);
                }
            }
        }

        Assert.True(asked == learned, $"{asked} searches asked for, {learned} learned from, {trial}");

        SearchState State() => new(underWay.Count * pace.SearchSize, ready.Count * pace.SearchSize, underWay.Count == 0 ? null : underWay.Min());

        void Return(int which)
        {
            ready.Enqueue(underWay[which]);
            underWay.RemoveAt(which);
        }
    }
}
