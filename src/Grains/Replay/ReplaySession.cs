using System.Collections.Immutable;
using System.Text.Json;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Replay;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tasks;
using Tempera.Model.Modes;
using Tempera.Model.Random;
using Tempera.Model.Replay;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;

namespace Tempera.Grains.Replay;

/// <summary>An open replay buffer: the objects in the order of their first evaluation, and the modes among them.</summary>
internal sealed class ReplaySession
{
    private readonly DesignTask _task;
    private readonly LearnerSettings _settings;
    private readonly RandomStreams _streams;
    private readonly ReplayBuffer _buffer;
    private readonly ModeTracker _modes;
    private readonly int[] _drawn;
    private readonly long _epoch;
    private readonly int _openedAt;
    private int _given;
    private readonly ImmutableArray<ReplaySpan> _spans;
    private ReplayReport? _report;

    private ReplaySession(ResolvedSpecification resolved, ReplayOpenRequest request, ImmutableArray<ReplaySpan> spans)
    {
        (_task, _settings) = (resolved.Task, resolved.Settings);
        _streams = new RandomStreams(resolved.Specification.Seed);
        _buffer = new ReplayBuffer(_task.Reward);
        _modes = new ModeTracker(_task.Modes);
        _drawn = new int[_settings.ReplayBatch];
        (_epoch, _openedAt, Round, _spans) = (request.Epoch, request.Round, request.Round, spans);
    }

    /// <summary>Rounds appended.</summary>
    public int Round { get; private set; }

    /// <summary>Builds a buffer from the evaluation log, as it was at the request's round.</summary>
    /// <exception cref="TemperaException">The log does not have what the checkpoint says it has.</exception>
    public static async Task<ReplaySession> Open(ReplayOpenRequest request, ResolvedSpecification resolved, EvaluationLogReader log)
    {
        var state = request.State is null ? null : JsonSerializer.Deserialize(request.State, GrainsJson.Default.ReplayState);
        var session = new ReplaySession(resolved, request, state?.Spans ?? []);
        session.LoadOfflineData();
        if (state is not null)
        {
            var damage = new List<string>();
            foreach (var span in state.Spans)
            {
                var segment = await log.ReadSegment(span.Epoch);
                session.Append(segment, span);
                damage.AddRange(segment.Damage is null ? [] : [segment.Damage]);
            }

            session.Complete(state, damage);
        }

        return session;
    }

    /// <summary>Adds a round; the same round again gives the same report.</summary>
    /// <exception cref="TemperaException">The round is not the next one.</exception>
    public ReplayReport Append(ReplayAppend batch)
    {
        if (batch.Round == Round && _report is not null)
        {
            return _report;
        }

        if (batch.Round != Round + 1 || _epoch == 0)
        {
            throw new TemperaException(TemperaError.InvalidState,
                $"A replay buffer takes rounds in order and under a lease; it has {Round} with epoch {_epoch} and was given round {batch.Round}. Resume the campaign.");
        }

        var objects = Packed.Objects(batch.Objects);
        var scores = Packed.Doubles(batch.Scores);
        var before = _buffer.Count;
        var added = _buffer.Append(batch.Round, objects, scores, Packed.Singles(batch.Betas));
        for (var row = before; row < _buffer.Count; row++)
        {
            _modes.Observe(batch.Round, [_buffer.Object(row)], [_buffer.Score(row)]);
        }

        Round = batch.Round;
        var mean = scores.IsEmpty ? double.NaN : 0.0;
        foreach (var score in scores)
        {
            mean += score / scores.Length;
        }

        mean = scores.Length == 0 ? double.NaN : mean;
        var best = _buffer.BestIndex;
        return _report = new ReplayReport(
            Round, added, _buffer.Count - _given, _modes.Count, _buffer.Score(best), _task.Space.Format(_buffer.Object(best)), mean, _given);
    }

    /// <summary>Draws a prioritised batch for a round.</summary>
    public ReplayDraw Draw(int round)
    {
        var count = _buffer.Draw(round, _streams, _drawn.Length, _settings.ReplayQuantile, _settings.ReplayTopShare, _drawn);
        var (objects, scores) = (new UInt128[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (objects[i], scores[i]) = (_buffer.Object(_drawn[i]), _buffer.Score(_drawn[i]));
        }

        return new ReplayDraw(Packed.ToBytes<UInt128>(objects), Packed.ToBytes<double>(scores));
    }

    /// <summary>The modes in order of discovery.</summary>
    public IReadOnlyList<ModeRecord> Modes() =>
        [.. _modes.Modes.Select(mode => new ModeRecord(_task.Space.Format(mode.Object), mode.Score, mode.Round, _modes.Rule!.Definition)
        {
            Smiles = _task.Smiles(mode.Object),
        })];

    /// <summary>A page of the objects in order of evaluation.</summary>
    public EvaluationPage Page(long from, int count)
    {
        var evaluated = _buffer.Count - _given;
        var first = (int)Math.Min(from, evaluated);
        var rows = Enumerable.Range(_given + first, Math.Min(count, evaluated - first));
        return new EvaluationPage(evaluated, [.. rows.Select(row => new EvaluatedObject(
            _task.Space.Format(_buffer.Object(row)), _buffer.Score(row), _buffer.LogReward(row), _buffer.FirstRound(row), _buffer.Beta(row))
        {
            Smiles = _task.Smiles(_buffer.Object(row)),
        })]);
    }

    /// <summary>Scores of objects, NaN for those that are not here.</summary>
    public byte[] Lookup(byte[] objects)
    {
        var packed = Packed.Objects(objects);
        var scores = new double[packed.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = _buffer.IndexOf(packed[i]) is >= 0 and var row ? _buffer.Score(row) : double.NaN;
        }

        return Packed.ToBytes<double>(scores);
    }

    /// <summary>What a checkpoint keeps.</summary>
    public byte[] Capture()
    {
        var spans = Round == _openedAt ? _spans : _spans.Add(new ReplaySpan(_epoch, _openedAt, Round));
        var state = new ReplayState(_buffer.Count, spans, [.. _modes.Modes.Select(mode => _buffer.IndexOf(mode.Object))]);
        return JsonSerializer.SerializeToUtf8Bytes(state, GrainsJson.Default.ReplayState);
    }

    /// <summary>What an offline campaign is given is no discovery: it counts neither as an oracle call nor as a mode.</summary>
    private void LoadOfflineData()
    {
        if (!_settings.Offline)
        {
            return;
        }

        var (objects, scores) = OfflineData.Of(_task, _settings.OfflineQuantile);
        _given = _buffer.Append(0, objects, scores, new float[objects.Length]);
    }

    private void Append(EvaluationSegment segment, ReplaySpan span)
    {
        var oracle = EvaluationFormat.OracleHash(_task.Oracle.Version);
        foreach (var batch in segment.Batches.Where(batch => batch.Round > span.AfterRound && batch.Round <= span.Round))
        {
            if (batch.Oracle != oracle)
            {
                throw new TemperaException(TemperaError.CampaignConflict,
                    $"A campaign keeps its oracle; the scores of round {batch.Round} come from another version than {_task.Oracle.Version}. Resume with the version of Tempera that wrote them, or begin a new campaign.");
            }

            _buffer.Append(batch.Round, batch.Objects, batch.Scores, batch.Betas);
        }
    }

    private void Complete(ReplayState state, List<string> damage)
    {
        if (_buffer.Count != state.Objects || state.Modes.Any(row => row < 0 || row >= state.Objects))
        {
            throw new TemperaException(TemperaError.CheckpointDamaged,
                $"The evaluation log has every object of a checkpoint; of the {state.Objects} at round {Round} it has {_buffer.Count}. {string.Join(' ', damage)} Restore evaluations/ from a backup, or delete checkpoints/ to run again from round 0: the scores that are left are not paid for twice.");
        }

        _modes.Restore(state.Modes.Select(row => new DiscoveredMode(_buffer.Object(row), _buffer.Score(row), _buffer.FirstRound(row))));
    }
}
