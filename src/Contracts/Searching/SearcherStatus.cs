namespace Tempera.Contracts.Searching;

/// <summary>What a searcher of a running campaign is doing.</summary>
[GenerateSerializer, Immutable, Alias("tempera.searcher-status")]
public sealed record SearcherStatus
{
    /// <summary>Which searcher, from 0.</summary>
    [Id(0)] public required int Searcher { get; init; }

    /// <summary>Beta it samples at now.</summary>
    [Id(1)] public required float Beta { get; init; }

    /// <summary>Searches of it that are committed.</summary>
    [Id(2)] public required int Searches { get; init; }

    /// <summary>Searches under way.</summary>
    [Id(3)] public required int UnderWay { get; init; }

    /// <summary>Rounds between the policy of its last search and the round that took it; null before the first.</summary>
    [Id(4)] public int? PolicyAge { get; init; }

    /// <summary>Name of the silo its last search ran on; null before the first.</summary>
    [Id(5)] public string? Silo { get; init; }
}
