using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;

using Xunit;

namespace Tempera.Client.Tests.Fakes;

/// <summary>
/// A campaign whose rounds follow from their numbers alone: round r has made 32 r calls and found r / 2 modes. It runs while
/// somebody watches, writes events.jsonl like the real one, and fails, stalls or is interrupted where a test says so.
/// </summary>
internal sealed class ScriptedCampaign(string directory, string id) : ICampaignGrain
{
    private CampaignSpecification? _specification;
    private CampaignState _state = CampaignState.Unknown;
    private int _round;
    private int _target;
    private long _sequence;
    private bool _pausing;

    public const int PerRound = 4;

    public int? FailAtRound { get; set; }

    public Action<int> OnRound { get; set; } = static _ => { };

    /// <summary>A round before which each watch times out until this many have.</summary>
    public (int Round, int Times) TimeOuts { get; set; }

    /// <summary>What is found out about the checkpoints when the rounds start.</summary>
    public string? StartWarning { get; set; }

    public List<string> Calls { get; } = [];

    public IReadOnlyList<CheckpointRecord> CheckpointRecords { get; set; } = [];

    private string Events => Path.Combine(directory, "events.jsonl");

    public Task<CampaignSnapshot> Create(CampaignSpecification specification)
    {
        Calls.Add("create");
        if (_state is CampaignState.Unknown)
        {
            (_specification, _state) = (specification, CampaignState.Created);
        }

        if (specification.Rounds != _specification!.Rounds)
        {
            throw new TemperaException(TemperaError.CampaignConflict, $"A campaign keeps its specification; it has rounds={_specification.Rounds} and the request rounds={specification.Rounds}.");
        }

        return Status();
    }

    public Task<CampaignSnapshot> Discover(DiscoverRequest request)
    {
        Calls.Add($"discover {request.Key} {request.Rounds}");
        (_target, _state) = (_target + request.Rounds, CampaignState.Running);
        return Status();
    }

    public Task<CampaignSnapshot> Resume()
    {
        Calls.Add("resume");
        _state = CampaignState.Running;
        return Status();
    }

    public Task<CampaignSnapshot> Revive() => Status();

    public Task<CampaignSnapshot> Pause()
    {
        Calls.Add("pause");
        _pausing = true;
        return Status();
    }

    public Task<CampaignSnapshot> Cancel() => throw new NotSupportedException();

    public Task<CampaignSnapshot> Status() => Task.FromResult(new CampaignSnapshot
    {
        Id = id,
        State = _state,
        Specification = _specification,
        Round = _round,
        TargetRound = _target,
        OracleCalls = _round * PerRound,
        Modes = _round / 2,
        KnownModes = 36,
        BestScore = _round == 0 ? null : Score(_round * PerRound - 1),
        BestObject = _round == 0 ? null : Name(_round * PerRound - 1),
        Warning = _state is CampaignState.Running ? StartWarning : null,
        Failure = _state is CampaignState.Failed ? "The loss must be finite; received NaN at round 3. Lower learning_rate." : null,
    });

    public async IAsyncEnumerable<CampaignEvent> Watch(long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _pausing = false;
        while (_state is CampaignState.Running)
        {
            await Task.Yield();
            if (_round + 1 == TimeOuts.Round && TimeOuts.Times > 0)
            {
                TimeOuts = (TimeOuts.Round, TimeOuts.Times - 1);
                throw new TimeoutException("Response did not arrive on time.");
            }

            if (_pausing)
            {
                _state = CampaignState.Paused;
            }
            else if (_round + 1 == FailAtRound)
            {
                _state = CampaignState.Failed;
            }
            else
            {
                _round++;
                var round = Log(Round(_round) with { Sequence = ++_sequence });
                OnRound(_round);
                yield return round;
                _state = _round == _target ? CampaignState.Completed : _state;
            }

            if (_state is not CampaignState.Running)
            {
                yield return Log(new CampaignEvent { Kind = CampaignEventKinds.State, Sequence = ++_sequence, Round = _round, State = _state });
            }
        }
    }

    public Task<SampleResult> Sample(SampleRequest request) => Task.FromResult(new SampleResult(request.Beta,
        [.. Enumerable.Range(0, request.Count).Select(i => new SampledObject(Name(i), -1.5 - i, request.Score || i % 2 == 0 ? Score(i % 40) : null))]));

    public Task<IReadOnlyList<EvaluationRecord>> Evaluate(EvaluateRequest request) => Task.FromResult<IReadOnlyList<EvaluationRecord>>(
        [.. request.Betas.Select(beta => new EvaluationRecord
        {
            Beta = beta, Exact = true, Tv = 0.01 * beta, Kl = 0.002, ReverseKl = 0.003, Jsd = 0.001, LogZModel = 12.5, LogZTarget = 12.6,
            MeanScoreModel = 0.5, MeanScoreTarget = 0.52, Spearman = 0.99, Basis = "all 64 objects", Samples = 64,
        })]);

    public Task<IReadOnlyList<ModeRecord>> Modes() => Task.FromResult<IReadOnlyList<ModeRecord>>(
        [.. Enumerable.Range(1, _round / 2).Select(static i => new ModeRecord(Name(i), Score(i), 2 * i, "test: every second round"))]);

    public Task<EvaluationPage> Evaluations(long from, int count)
    {
        Assert.InRange(count, 1, 10_000);
        var total = _round * PerRound;
        return Task.FromResult(new EvaluationPage(total, [.. Enumerable.Range((int)from, (int)Math.Clamp(total - from, 0, count))
            .Select(static i => new EvaluatedObject(Name(i), Score(i), Math.Log(Score(i)), i / PerRound + 1, 1 + i % 3))]));
    }

    public Task<TemperatureCurves> TemperatureCurves(float betaMin, float betaMax, int points)
    {
        var betas = Enumerable.Range(0, points).Select(i => betaMin + (betaMax - betaMin) * i / (points - 1)).ToImmutableArray();
        return Task.FromResult(new TemperatureCurves(betas, [.. betas.Select(static b => 11.0 + b)], [], [.. betas.Select(static b => 0.5 + b)], [.. betas.Select(static b => 1 - 0.1 * b)]));
    }

    public Task<IReadOnlyList<CheckpointRecord>> Checkpoints(bool verify) => Task.FromResult<IReadOnlyList<CheckpointRecord>>(
        [.. CheckpointRecords.Select(record => record with { Verified = verify ? record.Damage is null : null, Damage = verify ? record.Damage : null })]);

    public static string Name(int i) => new([.. Enumerable.Range(0, 6).Select(place => "ACGU"[(i >> (2 * place)) & 3])]);

    public static double Score(int i) => (i * 37 % 101 + 1) / 100.0;

    public static CampaignEvent Round(int round) => new()
    {
        Kind = CampaignEventKinds.Round,
        Round = round,
        OracleCalls = round * PerRound,
        Modes = round / 2,
        BestScore = Score(round),
        BestObject = Name(round),
        MeanScore = 0.3 + 0.4 * round / (round + 20.0),
        BetaMin = 1.05f,
        BetaMax = 2.95f,
        Loss = 400.0 / round,
        ReplayLoss = round < 3 ? double.NaN : 300.0 / round,
        LogZ = 12,
        ClampedShare = 0.002,
        GradientNorm = 3,
        Seconds = round * 0.5,
        CpuSeconds = round * 0.4,
    };

    private CampaignEvent Log(CampaignEvent e)
    {
        File.AppendAllText(Events, CampaignEventJson.Write(e) + "\n");
        return e;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{id} at {_round}");
}
