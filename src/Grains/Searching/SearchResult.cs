using Tempera.Contracts.Searching;

namespace Tempera.Grains.Searching;

/// <summary>A search that has come back.</summary>
/// <param name="Searcher">Which searcher.</param>
/// <param name="Sequence">Which of its searches.</param>
/// <param name="Beta">Beta it sampled at.</param>
/// <param name="PolicyRound">Round of the policy it sampled from.</param>
/// <param name="Report">What it found.</param>
internal sealed record SearchResult(int Searcher, int Sequence, float Beta, int PolicyRound, SearchReport Report)
{
    /// <summary>Trajectories.</summary>
    public int Count => Report.Lengths.Length / sizeof(int);
}
