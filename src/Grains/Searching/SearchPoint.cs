namespace Tempera.Grains.Searching;

/// <summary>Where a campaign stands before a round.</summary>
/// <param name="Round">The round.</param>
/// <param name="Rounds">Rounds that are left, this one included.</param>
/// <param name="Objects">Objects in the replay buffer, which are the oracle calls so far.</param>
internal readonly record struct SearchPoint(int Round, int Rounds, long Objects);

/// <summary>Trajectories that searchers have under way.</summary>
/// <param name="UnderWay">Those that have not come back.</param>
/// <param name="Ready">Those that have come back and wait for a round.</param>
/// <param name="OldestPolicy">Round of the oldest policy that one under way is drawn from; null when there are none.</param>
internal readonly record struct SearchState(int UnderWay, int Ready, int? OldestPolicy);
