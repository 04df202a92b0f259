using Tempera.Contracts.Errors;
using Tempera.Contracts.Oracles;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Serialization;
using Tempera.Model.Oracles;

namespace Tempera.Grains.Oracles;

/// <summary>
/// The scores known of one oracle. An object that a round proposes is logged once an epoch, even when its score is known
/// from an earlier one: a round of an earlier epoch may have been lost in a crash and must not count, but its score does.
/// So the segment of an epoch holds, in order, every object that its rounds may add to the replay buffer.
/// </summary>
internal sealed class OracleSession(IOracle oracle, EvaluationLogWriter? writer)
{
    private readonly Dictionary<UInt128, Known> _known = [];
    private readonly ulong _hash = EvaluationFormat.OracleHash(oracle.Version);
    private readonly HashSet<UInt128> _distinct = [];

    /// <summary>The oracle.</summary>
    public IOracle Oracle { get; } = oracle;

    /// <summary>What every new object takes beside its computation.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Takes in the scores of a segment that the same version of the oracle gave.</summary>
    public void Remember(EvaluationSegment segment)
    {
        foreach (var batch in segment.Batches.Where(batch => batch.Oracle == _hash))
        {
            for (var i = 0; i < batch.Objects.Length; i++)
            {
                _known.TryAdd(batch.Objects[i], new Known(batch.Scores[i], false));
            }
        }
    }

    /// <summary>The distinct objects whose scores are not known, in order.</summary>
    public UInt128[] Unknown(byte[] objects)
    {
        _distinct.Clear();
        var unknown = new List<UInt128>();
        foreach (var terminal in Packed.Objects(objects))
        {
            if (!_known.ContainsKey(terminal) && _distinct.Add(terminal))
            {
                unknown.Add(terminal);
            }
        }

        return [.. unknown];
    }

    /// <summary>Asks the oracle. Touches nothing else, so it may run on any thread.</summary>
    /// <exception cref="TemperaException">A score is not a finite number.</exception>
    public double[] Score(UInt128[] objects)
    {
        var scores = new double[objects.Length];
        Oracle.Score(objects, scores);
        return Array.TrueForAll(scores, double.IsFinite) ? scores : throw new TemperaException(TemperaError.OracleFailed,
            $"The oracle {Oracle.Version} must give finite scores; it gave {scores.First(static score => !double.IsFinite(score))}. Correct the oracle, then resume.");
    }

    /// <summary>Takes in scores of objects that had none.</summary>
    public void Learn(UInt128[] objects, double[] scores)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            _known.TryAdd(objects[i], new Known(scores[i], false));
        }
    }

    /// <summary>Logs a round whose scores are all known, then reports them.</summary>
    /// <exception cref="TemperaException">The log is open for reading only, or cannot be written.</exception>
    public async Task<OracleReport> Log(OracleBatch batch, int evaluated)
    {
        if (writer is null)
        {
            throw new TemperaException(TemperaError.InvalidState,
                "An evaluator open for reading logs nothing and cannot serve a round. Resume the campaign.");
        }

        var (fresh, distinct) = Fresh(batch);
        if (fresh.Count > 0)
        {
            await writer.Append(batch.Round, fresh.Objects, fresh.Betas, fresh.Scores, fresh.Count);
            for (var i = 0; i < fresh.Count; i++)
            {
                _known[fresh.Objects[i]] = new Known(fresh.Scores[i], true);
            }
        }

        return new OracleReport(Scores(batch.Objects, [], []), evaluated, distinct - evaluated);
    }

    /// <summary>Scores of objects, those that are not known being given.</summary>
    public byte[] Scores(byte[] objects, UInt128[] others, double[] otherScores)
    {
        var packed = Packed.Objects(objects);
        var scores = new double[packed.Length];
        var extra = others.Zip(otherScores).ToDictionary(static pair => pair.First, static pair => pair.Second);
        for (var i = 0; i < packed.Length; i++)
        {
            scores[i] = _known.TryGetValue(packed[i], out var known) ? known.Score : extra[packed[i]];
        }

        return Packed.ToBytes<double>(scores);
    }

    /// <summary>Forces the log to stable storage.</summary>
    public Task Flush() => writer?.Flush() ?? Task.CompletedTask;

    // The distinct objects that this epoch has not logged, in order, each with the first beta it was proposed at.
    private (FreshEvaluations Fresh, int Distinct) Fresh(OracleBatch batch)
    {
        _distinct.Clear();
        var objects = Packed.Objects(batch.Objects);
        var betas = Packed.Singles(batch.Betas);
        var fresh = new FreshEvaluations(new UInt128[objects.Length], new float[objects.Length], new double[objects.Length]);
        for (var i = 0; i < objects.Length; i++)
        {
            if (_distinct.Add(objects[i]) && _known[objects[i]] is { Logged: false } known)
            {
                fresh.Add(objects[i], betas[i], known.Score);
            }
        }

        return (fresh, _distinct.Count);
    }

    private readonly record struct Known(double Score, bool Logged);

    private sealed record FreshEvaluations(UInt128[] Objects, float[] Betas, double[] Scores)
    {
        public int Count { get; private set; }

        public void Add(UInt128 terminal, float beta, double score) =>
            (Objects[Count], Betas[Count], Scores[Count++]) = (terminal, beta, score);
    }
}
