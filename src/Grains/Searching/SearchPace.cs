using Tempera.Model.Replay;
using Tempera.Model.Searching;
using Tempera.Model.Settings;

namespace Tempera.Grains.Searching;

/// <summary>When a search may be asked for and when a round may be learned; arithmetic alone.</summary>
internal sealed class SearchPace(LearnerSettings settings, long? budget)
{
    private readonly int _ahead = settings.Search.SearchAhead;
    private readonly int _agePermitted = settings.Search.PolicyAge - settings.Search.SearchAhead;

    /// <summary>The balance of trajectories inserted and trained on.</summary>
    public InsertLimiter Limiter { get; } = new(settings);

    /// <summary>Trajectories of a search.</summary>
    public int SearchSize { get; } = settings.Search.SearchSize(settings.Batch);

    /// <summary>Trajectories a round takes at most.</summary>
    public int RoundSize { get; } = settings.Search.RoundSize(settings.Batch);

    /// <summary>Trajectories that a round has taken and not yet committed.</summary>
    public int Taken { get; set; }

    /// <summary>True when a policy is too old to begin a search with before a round.</summary>
    public bool IsTooOld(int round, int policyRound) => round - 1 - policyRound > _agePermitted;

    /// <summary>True when another search may be asked for; the limiter has no say before there is something to replay.</summary>
    public bool MayAsk(SearchPoint at, SearchState state, int policyRound) => !IsTooOld(at.Round, policyRound)
        && state.UnderWay + state.Ready + SearchSize <= _ahead * RoundSize
        && state.UnderWay + state.Ready + SearchSize <= (long)at.Rounds * RoundSize
        && (budget is null || at.Objects + Taken + state.UnderWay + state.Ready < budget)
        && (at.Objects < ReplayBuffer.MinimumObjects || Limiter.MayInsert(state.UnderWay + state.Ready + Taken, SearchSize));

    /// <summary>
    /// True when a round may be learned now: a whole batch has come back, or learning may run ahead on replay. Towards the end rounds wait for
    /// what the rest of them could not take, so that all that was paid for is learned from.
    /// </summary>
    public bool MayLearn(SearchPoint at, SearchState state)
    {
        if (state.OldestPolicy is { } oldest && IsTooOld(at.Round, oldest))
        {
            return false;
        }

        var takes = Math.Min(state.Ready, RoundSize);
        if (takes == RoundSize)
        {
            return true;
        }

        var replays = at.Objects >= ReplayBuffer.MinimumObjects ? settings.ReplayBatch : 0;
        var isLeftBehind = state.UnderWay + state.Ready - takes > (at.Rounds - 1L) * RoundSize;
        var waits = state.UnderWay > 0 && (replays == 0 || isLeftBehind);
        return !waits && takes + replays > 0 && (state.UnderWay == 0 || Limiter.MayLearn(takes, takes + replays));
    }
}
