using Tempera.Model.Engines;
using Tempera.Model.Evaluation;
using Tempera.Model.Learning;
using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Tempera.Model.Searching;
using Tempera.Model.Serialization;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Searching;

/// <summary>Searchers on a grid whose target is known exactly.</summary>
public sealed class PolicySearcherTests
{
    private static readonly DesignTask Grid = TaskCatalog.Create("hypergrid", new Dictionary<string, string> { ["side"] = "4" });

    [Fact]
    public void APublishedPolicyDrawsWhatThePolicyItselfWouldDraw()
    {
        var settings = Resolve(4, ("batch", "16"));
        using var learner = new Learner(Grid, settings, 5, 100, null);
        using var searcher = Copy(learner, settings);

        var drawn = searcher.Search(2, 7, 1.5f);

        var own = new TrajectoryBatch(Grid.Space, 4) { Count = 4 };
        own.Betas.AsSpan().Fill(1.5f);
        learner.Engine.SampleForward(own, (float)settings.Epsilon, new RandomStreams(5).At("search-2", 7));
        Assert.Equal(own.Lengths, drawn.Lengths);
        Assert.Equal(Enumerable.Range(0, 4).Select(own.Object), Enumerable.Range(0, 4).Select(drawn.Object));
    }

    [Fact]
    public void SearchesOfOneNumberRepeatAndOthersDiffer()
    {
        var settings = Resolve(1, ("batch", "32"));
        using var learner = new Learner(Grid, settings, 5, 100, null);
        using var searcher = Copy(learner, settings);
        UInt128[] Draw(int which, int sequence) => [.. Enumerable.Range(0, 32).Select(searcher.Search(which, sequence, 1).Object)];

        Assert.Equal(Draw(0, 1), Draw(0, 1));
        Assert.NotEqual(Draw(0, 1), Draw(0, 2));
        Assert.NotEqual(Draw(0, 1), Draw(1, 1));
    }

    [Fact]
    public void LearningFromStalePoliciesAtTheRungsOfALadderMeetsTheTargetThere()
    {
        // Off-policy trajectory balance has the same fixed point: four searchers whose policy is up to eight rounds old.
        const int Rounds = 6_000;
        var settings = Resolve(4, ("batch", "64"), ("epsilon", "0.1"));
        using var learner = new Learner(Grid, settings, 1, Rounds, null);
        using var searcher = Copy(learner, settings);
        var ladder = new BetaLadder(settings.Search, 1, 3);
        var steps = Grid.Space.MaxSteps + 1;
        var (states, lengths, betas, objects, scores) = (new UInt128[64 * steps], new int[64], new float[64], new UInt128[64], new double[64]);
        for (var round = 1; round <= Rounds; round++)
        {
            if (round % 8 == 0)
            {
                Publish(learner, searcher);
            }

            for (var s = 0; s < 4; s++)
            {
                var batch = searcher.Search(s, round, ladder.Beta(s));
                batch.States.CopyTo(states, s * 16 * steps);
                batch.Lengths.CopyTo(lengths, s * 16);
                batch.Betas.CopyTo(betas, s * 16);
                for (var b = 0; b < 16; b++)
                {
                    objects[(s * 16) + b] = batch.Object(b);
                }
            }

            Grid.Oracle.Score(objects, scores);
            learner.Adopt(new ScheduleContext(round, Rounds, 0, null, 0), states, lengths, betas);
            learner.Learn(scores, [], []);
        }

        var evaluator = new PolicyEvaluator(Grid);
        foreach (var beta in ladder.Rungs)
        {
            var evaluation = evaluator.Evaluate(learner.Engine, beta, 100, 1, default);
            Assert.InRange(evaluation.Tv!.Value, 0, 0.01);
            Assert.InRange(evaluation.LogZModel - evaluation.LogZTarget!.Value, -0.01, 0.01);
        }
    }

    [Fact]
    public void ARoundMayHaveNoNewTrajectories()
    {
        var settings = Resolve(1, ("batch", "8"), ("replay_batch", "8"));
        using var learner = new Learner(Grid, settings, 1, 10, null);
        var objects = Grid.Space.EnumerateObjects().Take(8).ToArray();
        var scores = new double[8];
        Grid.Oracle.Score(objects, scores);

        learner.Adopt(new ScheduleContext(1, 10, 8, null, 0), [], [], []);
        var outcome = learner.Learn([], objects, scores);

        Assert.Equal((true, true, true), (double.IsNaN(outcome.Loss), double.IsFinite(outcome.ReplayLoss), double.IsFinite(outcome.LogZ)));
        Assert.Equal(1, learner.Round);
    }

    [Fact]
    public void MoreThanABatchOrAnotherRoundIsRefused()
    {
        using var learner = new Learner(Grid, Resolve(1, ("batch", "8")), 1, 10, null);
        var context = new ScheduleContext(1, 10, 0, null, 0);

        Assert.Contains("at most 8", Assert.Throws<ArgumentException>(() => learner.Adopt(context, [], new int[9], new float[9])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 1", Assert.Throws<InvalidOperationException>(() => learner.Adopt(context with { Round = 2 }, [], [], [])).Message, StringComparison.Ordinal);
    }

    private static LearnerSettings Resolve(int searchers, params (string Name, string Value)[] settings) => SettingCatalog.Resolve(
        Grid, new Dictionary<string, string>(settings.Select(static s => KeyValuePair.Create(s.Name, s.Value))) { ["searchers"] = $"{searchers}", ["threads"] = "1" });

    private static PolicySearcher Copy(Learner learner, LearnerSettings settings)
    {
        var searcher = new PolicySearcher(Grid, settings, learner.Streams.Seed);
        Publish(learner, searcher);
        return searcher;
    }

    private static void Publish(Learner learner, PolicySearcher searcher)
    {
        SafetensorsFile.ReadInto(SafetensorsFile.ToBytes(PolicySearcher.Published(learner.Engine.Parameters.Forward)), searcher.Weights);
        searcher.WeightsChanged();
    }
}
