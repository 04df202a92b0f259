using System.Text.Json;
using Tempera.Model.Baselines;
using Tempera.Model.Learning;
using Tempera.Model.Schedules;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

public sealed class BaselineLearnerTests
{
    private const int Rounds = 40;

    [Theory]
    [InlineData("random", "bits")]
    [InlineData("unseen", "bits")]
    [InlineData("ga", "rna1")]
    [InlineData("mcmc", "hypergrid")]
    public void ARestoredBaselineGoesOnExactly(string method, string task)
    {
        var (whole, half, resumed) = (new Run(method, task), new Run(method, task), new Run(method, task));
        whole.Until(Rounds);
        half.Until(Rounds / 2);

        // Through JSON, as a checkpoint does.
        resumed.Learner.Restore(JsonSerializer.Deserialize<LearnerProgress>(JsonSerializer.SerializeToUtf8Bytes(half.Learner.Capture()))!);
        resumed.Until(Rounds);
        Assert.Equal(whole.Proposed, half.Proposed.Concat(resumed.Proposed));
        Assert.Equal(whole.Learner.Capture().Population!.Objects, resumed.Learner.Capture().Population!.Objects);
    }

    [Fact]
    public void RoundsAreProposedAndLearnedInOrder()
    {
        var run = new Run("ga", "bits");
        run.Until(2);
        Assert.Throws<InvalidOperationException>(() => { run.Learner.Propose(new ScheduleContext(2, Rounds, 0, null, 0)); });
        Assert.Throws<InvalidOperationException>(() => run.Learner.Learn(new double[8]));
    }

    [Fact]
    public void TheStateOfAPolicyIsRefused() =>
        Assert.Throws<InvalidDataException>(() => new Run("ga", "bits").Learner.Restore(new LearnerProgress()));

    [Fact]
    public void MethodsAreSettings()
    {
        var task = TaskCatalog.Create("bits", new Dictionary<string, string>());
        Assert.Equal("gflownet", Resolve(task).Method);
        Assert.Equal(0, Resolve(task, ("method", "ga")).ReplayBatch);
        Assert.StartsWith("annealing:1,3", Resolve(task, ("method", "mcmc")).Explore, StringComparison.Ordinal);
        Assert.Equal("constant:2", Resolve(task, ("method", "mcmc"), ("explore", "constant:2")).Explore);
        Assert.Equal("method", Assert.Throws<SettingException>(() => Resolve(task, ("method", "gaa"))).Setting);
        foreach (var method in MethodCatalog.Names)
        {
            var resolved = Resolve(task, ("method", method));
            Assert.Equal(resolved, SettingCatalog.Resolve(task, SettingCatalog.Describe(resolved)));
        }
    }

    private static LearnerSettings Resolve(DesignTask task, params (string Name, string Value)[] settings) =>
        SettingCatalog.Resolve(task, settings.ToDictionary(s => s.Name, s => s.Value));

    private sealed class Run
    {
        private readonly DesignTask _task;
        private readonly double[] _scores = new double[8];

        public Run(string method, string task)
        {
            _task = TaskCatalog.Create(task, new Dictionary<string, string>());
            Learner = new BaselineLearner(_task, Resolve(_task, ("method", method), ("batch", "8"), ("population", "16")), 7);
        }

        public BaselineLearner Learner { get; }

        public List<UInt128> Proposed { get; } = [];

        public void Until(int round)
        {
            while (Learner.Round < round)
            {
                var proposal = Learner.Propose(new ScheduleContext(Learner.Round + 1, Rounds, Proposed.Count, null, 0));
                Proposed.AddRange(proposal.Objects);
                _task.Oracle.Score(proposal.Objects, _scores);
                Learner.Learn(_scores);
            }
        }
    }
}
