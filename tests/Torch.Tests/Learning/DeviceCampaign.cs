using Tempera.Model.Engines;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Learning;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Replay;
using Tempera.Model.Schedules;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Torch.Tests.Learning;

/// <summary>The round loop without actors on an engine of choice.</summary>
internal sealed class DeviceCampaign : IDisposable
{
    private readonly DesignTask _task;
    private readonly double[] _scores;
    private readonly int[] _drawn;

    public DeviceCampaign(string task, IPolicyEngineFactory engines, params (string Name, string Value)[] settings)
    {
        var values = settings.ToDictionary(static s => s.Name, static s => s.Value);
        _task = TaskCatalog.Create(task, values);
        var resolved = SettingCatalog.Resolve(_task, values);
        Learner = new Learner(_task, resolved, 5, 1000, null, engines);
        Buffer = new ReplayBuffer(_task.Reward);
        _scores = new double[resolved.Batch];
        _drawn = new int[Math.Max(1, resolved.ReplayBatch)];
    }

    public Learner Learner { get; }

    public ReplayBuffer Buffer { get; }

    public List<UInt128> Proposed { get; } = [];

    /// <summary>Multiplies the scores that are learned.</summary>
    public double Distort { get; set; } = 1;

    public LearnOutcome Run(int until)
    {
        var outcome = default(LearnOutcome);
        while (Learner.Round < until)
        {
            var round = Learner.Round + 1;
            var proposal = Learner.Propose(new ScheduleContext(round, 1000, Buffer.Count, null, 0));
            Proposed.AddRange(proposal.Objects);
            _task.Oracle.Score(proposal.Objects, _scores);
            Buffer.Append(round, proposal.Objects, _scores, proposal.Betas);
            var settings = Learner.Settings;
            var count = settings.ReplayBatch == 0 ? 0 : Buffer.Draw(round, new RandomStreams(5), settings.ReplayBatch, settings.ReplayQuantile, settings.ReplayTopShare, _drawn);
            var (objects, scores) = (_drawn[..count].Select(Buffer.Object).ToArray(), _drawn[..count].Select(Buffer.Score).ToArray());
            outcome = Learner.Learn([.. _scores.Select(score => score * Distort)], objects, scores);
        }

        return outcome;
    }

    /// <summary>Goes on where another campaign is, from what a checkpoint holds.</summary>
    public void Resume(DeviceCampaign from)
    {
        for (var i = 0; i < from.Buffer.Count; i++)
        {
            Buffer.Append(from.Buffer.FirstRound(i), [from.Buffer.Object(i)], [from.Buffer.Score(i)], [from.Buffer.Beta(i)]);
        }

        foreach (var (source, target) in from.Learner.Weights.Concat(from.Learner.OptimizerMoments).Zip(Learner.Weights.Concat(Learner.OptimizerMoments)))
        {
            source.Values.CopyTo(target.Values);
        }

        Learner.Restore(from.Learner.Capture());
    }

    public float[] Weights() => [.. Learner.Weights.SelectMany(static tensor => tensor.Values.ToArray())];

    public void Dispose() => Learner.Dispose();
}

/// <summary>Builds Torch engines with given options.</summary>
internal sealed class TorchFactory(TorchOptions options) : IPolicyEngineFactory
{
    /// <summary>Steps on the host.</summary>
    public static TorchFactory Host { get; } = new(new TorchOptions { Threads = 1 });

    /// <summary>Tables and steps on the device, which is the CPU.</summary>
    public static TorchFactory Resident { get; } = new(new TorchOptions { Threads = 1, TableBytes = 1 << 28, Resident = true });

    public IPolicyEngine Create(IDesignSpace space, PolicyParameters parameters, LearnerSettings settings) =>
        new TorchEngine(space, parameters, options, settings.Batch);
}
