using BenchmarkDotNet.Attributes;

using Tempera.Model.Learning;
using Tempera.Model.Schedules;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Benchmarks;

/// <summary>
/// The learner's part of a round on one thread: propose, learn on the proposals and on as many replayed objects. <c>tempera
/// bench round</c> measures whole rounds with counted operations.
/// </summary>
[MemoryDiagnoser]
public class LearnerBenchmarks
{
    private const int Rounds = 10_000_000;

    private Learner _learner = null!;
    private double[] _scores = [];
    private UInt128[] _replayed = [];

    /// <summary>Task.</summary>
    [Params("hypergrid", "rna1")]
    public string Task { get; set; } = "rna1";

    /// <summary>Hidden width.</summary>
    [Params(128)]
    public int Width { get; set; }

    /// <summary>Builds the learner.</summary>
    [GlobalSetup]
    public void Build()
    {
        var text = new Dictionary<string, string> { ["threads"] = "1", ["width"] = $"{Width}" };
        var task = TaskCatalog.Create(Task, text);
        var settings = SettingCatalog.Resolve(task, text);
        _learner = new Learner(task, settings, seed: 1, Rounds, budget: null);
        (_scores, _replayed) = (new double[settings.Batch], new UInt128[settings.Batch]);
    }

    /// <summary>Frees the learner.</summary>
    [GlobalCleanup]
    public void Free() => _learner.Dispose();

    /// <summary>One round; its own proposals stand for the replayed objects.</summary>
    [Benchmark]
    public double Round()
    {
        var proposal = _learner.Propose(new ScheduleContext(_learner.Round + 1, Rounds, 0, null, 0));
        proposal.Objects.CopyTo(_replayed);
        _learner.Task.Oracle.Score(_replayed, _scores);
        return _learner.Learn(_scores, _replayed, _scores).Loss;
    }
}
