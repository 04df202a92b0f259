using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>Follows a run's events: the latest figures, the rate, the time left and the shape of discovery so far.</summary>
internal sealed class ProgressTracker(RunOverview overview, TimeProvider time)
{
    private const int MaxHistory = 512;
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(15);

    private readonly Queue<(long At, int Round)> _recent = new();
    private readonly List<(int Round, int Modes)> _history = [];
    private int _stride = 1;
    private int _lastKept;

    /// <summary>What is being run.</summary>
    public RunOverview Overview { get; } = overview;

    /// <summary>The newest round event; null before the first.</summary>
    public CampaignEvent? Latest { get; private set; }

    /// <summary>Rounds committed.</summary>
    public int Round => Latest?.Round ?? Overview.StartRound;

    /// <summary>Last loss on replayed objects that was a number.</summary>
    public double ReplayLoss { get; private set; } = double.NaN;

    /// <summary>What a person should know, newest last.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>True once a clean stop was asked for.</summary>
    public bool Stopping { get; set; }

    /// <summary>Modes over rounds, thinned to a bounded number of points.</summary>
    public IReadOnlyList<(int Round, int Modes)> History => _history;

    /// <summary>Share of the target done, 0..1.</summary>
    public double Share => Overview.TargetRound > 0 ? Math.Clamp((double)Round / Overview.TargetRound, 0, 1) : 0;

    /// <summary>Rounds a second over the last seconds; null until two rounds have been seen.</summary>
    public double? Rate
    {
        get
        {
            if (_recent.Count < 2)
            {
                return null;
            }

            var first = _recent.Peek();
            var seconds = time.GetElapsedTime(first.At).TotalSeconds;
            return seconds > 0 ? (Round - first.Round) / seconds : null;
        }
    }

    /// <summary>Time to the target at the present rate; null while unknown.</summary>
    public TimeSpan? Left => Rate is > 0 and var rate
        ? TimeSpan.FromSeconds(Math.Min((Overview.TargetRound - Round) / rate, TimeSpan.MaxValue.TotalSeconds / 2))
        : null;

    /// <summary>Takes a past event in, for the shape of discovery only.</summary>
    public void Remember(CampaignEvent past)
    {
        if (past.Kind == CampaignEventKinds.Round)
        {
            Keep(past);
        }
    }

    /// <summary>Takes a live event in.</summary>
    public void Apply(CampaignEvent live)
    {
        switch (live.Kind)
        {
            case CampaignEventKinds.Round:
                Latest = live;
                ReplayLoss = double.IsNaN(live.ReplayLoss) ? ReplayLoss : live.ReplayLoss;
                Keep(live);
                Tick(live.Round);
                break;
            case CampaignEventKinds.Warning when live.Message is { } message:
                Warnings.Add(message);
                break;
        }
    }

    private void Tick(int round)
    {
        var now = time.GetTimestamp();
        if (_recent.Count > 0 && time.GetElapsedTime(_recent.Last().At, now) < RateWindow / 60)
        {
            return;
        }

        _recent.Enqueue((now, round));
        while (_recent.Count > 2 && time.GetElapsedTime(_recent.Peek().At, now) > RateWindow)
        {
            _recent.Dequeue();
        }
    }

    private void Keep(CampaignEvent e)
    {
        if (e.Round - _lastKept < _stride && _history.Count > 0)
        {
            return;
        }

        _lastKept = e.Round;
        _history.Add((e.Round, e.Modes));
        if (_history.Count >= MaxHistory)
        {
            for (var i = 0; i < MaxHistory / 2; i++)
            {
                _history[i] = _history[(2 * i) + 1];
            }

            _history.RemoveRange(MaxHistory / 2, _history.Count - (MaxHistory / 2));
            _stride *= 2;
        }
    }
}
