using Tempera.Grains.Tasks;
using Tempera.Model.Engines;
using Tempera.Model.Learning;
using Tempera.Model.Modes;
using Tempera.Model.Replay;
using Tempera.Model.Schedules;

namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>
/// Rounds of the active-learning loop without actors: propose, score what is new, append, look for modes, draw, learn. What a
/// campaign computes, without what it coordinates and stores.
/// </summary>
internal sealed class DirectRounds : IDisposable
{
    private readonly ResolvedSpecification _campaign;
    private readonly Learner _learner;
    private readonly ReplayBuffer _replay;
    private readonly ModeTracker _modes;
    private readonly Dictionary<UInt128, int> _newRows = [];
    private readonly UInt128[] _newObjects;
    private readonly double[] _newScores;
    private readonly double[] _scores;
    private readonly int[] _rows;
    private readonly UInt128[] _replayObjects;
    private readonly double[] _replayScores;

    public DirectRounds(ResolvedSpecification campaign, IPolicyEngineFactory engines)
    {
        var (specification, task, settings) = campaign;
        _campaign = campaign;
        _learner = new Learner(task, settings, specification.Seed, specification.Rounds!.Value, specification.Budget, engines);
        _replay = new ReplayBuffer(task.Reward);
        _modes = new ModeTracker(task.Modes);
        _newObjects = new UInt128[settings.Batch];
        _newScores = new double[settings.Batch];
        _scores = new double[settings.Batch];
        _rows = new int[settings.ReplayBatch];
        _replayObjects = new UInt128[settings.ReplayBatch];
        _replayScores = new double[settings.ReplayBatch];
    }

    /// <summary>Rounds done.</summary>
    public int Round => _learner.Round;

    /// <summary>Unique objects scored.</summary>
    public int UniqueObjects => _replay.Count;

    /// <summary>Floating-point operations of matrix products so far.</summary>
    public long MatrixFlops { get; private set; }

    /// <summary>Times the host waited for the device so far.</summary>
    public long Waits { get; private set; }

    /// <summary>Time spent in these waits.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Runs one round; returns the loss of its first gradient step.</summary>
    public double Next()
    {
        var specification = _campaign.Specification;
        var round = _learner.Round + 1;
        var counters = _learner.Engine.Counters;
        counters.Reset();
        var proposal = _learner.Propose(new ScheduleContext(round, specification.Rounds!.Value, _replay.Count, specification.Budget, _modes.Count));
        Count(counters);
        Score(proposal.Objects);
        var before = _replay.Count;
        var added = _replay.Append(round, proposal.Objects, _scores, proposal.Betas);
        ObserveModes(round, before, added);
        var drawn = Draw(round);
        var outcome = _learner.Learn(_scores, _replayObjects.AsSpan(0, drawn), _replayScores.AsSpan(0, drawn));

        // Learning counts from zero.
        Count(counters);
        return outcome.Loss;
    }

    public void Dispose() => _learner.Dispose();

    private void Count(EngineCounters counters)
    {
        MatrixFlops += counters.MatrixFlops;
        Waits += counters.Waits;
        Waited += counters.Waited;
    }

    private void Score(ReadOnlySpan<UInt128> objects)
    {
        _newRows.Clear();
        foreach (var terminal in objects)
        {
            if (_replay.IndexOf(terminal) < 0 && _newRows.TryAdd(terminal, _newRows.Count))
            {
                _newObjects[_newRows.Count - 1] = terminal;
            }
        }

        var fresh = _newRows.Count;
        _campaign.Task.Oracle.Score(_newObjects.AsSpan(0, fresh), _newScores.AsSpan(0, fresh));
        for (var i = 0; i < objects.Length; i++)
        {
            var row = _replay.IndexOf(objects[i]);
            _scores[i] = row >= 0 ? _replay.Score(row) : _newScores[_newRows[objects[i]]];
        }
    }

    private void ObserveModes(int round, int first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            (_newObjects[i], _newScores[i]) = (_replay.Object(first + i), _replay.Score(first + i));
        }

        _modes.Observe(round, _newObjects.AsSpan(0, count), _newScores.AsSpan(0, count));
    }

    private int Draw(int round)
    {
        var settings = _campaign.Settings;
        var drawn = _replay.Draw(round, _learner.Streams, settings.ReplayBatch, settings.ReplayQuantile, settings.ReplayTopShare, _rows);
        for (var i = 0; i < drawn; i++)
        {
            (_replayObjects[i], _replayScores[i]) = (_replay.Object(_rows[i]), _replay.Score(_rows[i]));
        }

        return drawn;
    }
}
