using Tempera.Model.Learning;
using Tempera.Model.Modes;
using Tempera.Model.Random;
using Tempera.Model.Replay;
using Tempera.Model.Schedules;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Model.Tests.Learning;

/// <summary>The round loop without actors: learner, oracle, replay buffer and modes.</summary>
internal sealed class Campaign : IDisposable
{
    private readonly double[] _scores;
    private readonly int[] _drawn;
    private readonly ModeTracker _modes;
    private readonly int _rounds;

    public Campaign(string task, int rounds, ulong seed, params (string Name, string Value)[] settings)
        : this(values => TaskCatalog.Create(task, values), rounds, seed, settings)
    {
    }

    public Campaign(DesignTask task, int rounds, ulong seed, params (string Name, string Value)[] settings)
        : this(_ => task, rounds, seed, settings)
    {
    }

    private Campaign(Func<Dictionary<string, string>, DesignTask> task, int rounds, ulong seed, (string Name, string Value)[] settings)
    {
        var values = settings.GroupBy(s => s.Name).ToDictionary(s => s.Key, s => s.Last().Value);
        Task = task(values);
        var resolved = SettingCatalog.Resolve(Task, values);
        _rounds = rounds;
        Learner = new Learner(Task, resolved, seed, rounds, null);
        Buffer = new ReplayBuffer(Task.Reward);
        _modes = new ModeTracker(Task.Modes);
        _scores = new double[resolved.Batch];
        _drawn = new int[Math.Max(1, resolved.ReplayBatch)];
    }

    public DesignTask Task { get; }

    public Learner Learner { get; }

    public ReplayBuffer Buffer { get; }

    public List<UInt128> Proposed { get; } = [];

    /// <summary>Multiplies scores before they are learned; NaN makes a round's loss non-finite.</summary>
    public Func<int, double> Distort { get; set; } = _ => 1;

    public LearnOutcome Run(int until)
    {
        var outcome = default(LearnOutcome);
        while (Learner.Round < until)
        {
            outcome = Round(Learner.Round + 1);
        }

        return outcome;
    }

    private LearnOutcome Round(int round)
    {
        var proposal = Learner.Propose(new ScheduleContext(round, _rounds, Buffer.Count, null, _modes.Count));
        Proposed.AddRange(proposal.Objects);
        Task.Oracle.Score(proposal.Objects, _scores);
        Buffer.Append(round, proposal.Objects, _scores, proposal.Betas);
        _modes.Observe(round, proposal.Objects, _scores);
        var settings = Learner.Settings;
        var count = settings.ReplayBatch == 0
            ? 0
            : Buffer.Draw(round, new RandomStreams(Learner.Streams.Seed), settings.ReplayBatch, settings.ReplayQuantile, settings.ReplayTopShare, _drawn);
        var objects = _drawn[..count].Select(Buffer.Object).ToArray();
        var scores = _drawn[..count].Select(Buffer.Score).ToArray();
        return Learner.Learn([.. _scores.Select(score => score * Distort(round))], objects, scores);
    }

    public void Dispose() => Learner.Dispose();
}
