using Tempera.Contracts.Searching;

namespace Tempera.Grains.Searching;

/// <summary>One searcher as its campaign sees it.</summary>
/// <param name="index">Which searcher.</param>
/// <param name="committed">Its committed searches.</param>
internal sealed class SearcherSlot(int index, int committed)
{
    private readonly Dictionary<int, SearchResult> _early = [];
    private readonly Dictionary<int, int> _policies = [];

    /// <summary>Which searcher.</summary>
    public int Index { get; } = index;

    /// <summary>Committed searches.</summary>
    public int Committed { get; private set; } = committed;

    /// <summary>Searches asked for since the beginning.</summary>
    public int Asked { get; private set; } = committed;

    /// <summary>Searches that have come back in order.</summary>
    public int Returned { get; private set; } = committed;

    /// <summary>Searches that have not come back.</summary>
    public int UnderWay => Asked - Returned;

    /// <summary>Age of the policy of its last committed search.</summary>
    public int? PolicyAge { get; set; }

    /// <summary>Silo of its last search.</summary>
    public string? Silo { get; private set; }

    /// <summary>Round of the oldest policy of the searches that have not come back in order; null when there are none.</summary>
    public int? OldestPolicy => _policies.Count == 0 ? null : _policies.Values.Min();

    /// <summary>Number of the next search.</summary>
    public int Ask() => ++Asked;

    /// <summary>Notes the policy that a search samples from, at first or when it is asked for again.</summary>
    public void Sample(int sequence, int policyRound) => _policies[sequence] = policyRound;

    /// <summary>Takes in a search; returns those that are now in order.</summary>
    public IEnumerable<SearchResult> Return(SearchResult result)
    {
        (_early[result.Sequence], Silo) = (result, result.Report.Silo);
        while (_early.Remove(Returned + 1, out var next))
        {
            Returned++;
            _policies.Remove(Returned);
            yield return next;
        }
    }

    /// <summary>Counts a search as committed.</summary>
    public void Commit() => Committed++;

    /// <summary>Forgets what is not committed.</summary>
    public void Forget()
    {
        _early.Clear();
        _policies.Clear();
        (Asked, Returned) = (Committed, Committed);
    }

    /// <summary>As people see it.</summary>
    public SearcherStatus Status(float beta) => new()
    {
        Searcher = Index,
        Beta = beta,
        Searches = Committed,
        UnderWay = UnderWay,
        PolicyAge = PolicyAge,
        Silo = Silo,
    };
}
