using Orleans.Concurrency;

namespace Tempera.Contracts.Oracles;

/// <summary>
/// Evaluation for searchers (key: campaign id + "/" + shard). Each object belongs to one shard, so that it is never paid for twice, while
/// the shards work at the same time and on any silo. A shard opens itself, and after a loss opens again from the evaluation log.
/// </summary>
[Alias("tempera.oracle-shard")]
public interface IOracleShardGrain : IGrainWithStringKey
{
    /// <summary>Scores of objects that all belong to this shard; those that are new are logged before they are returned.</summary>
    /// <returns>The scores; null while they are worked out: the same batch, sent again, waits on.</returns>
    [Alias("Score"), AlwaysInterleave]
    Task<OracleReport?> Score(OracleShardBatch batch);

    /// <summary>Forces what was logged to stable storage, if the shard is open.</summary>
    [Alias("Flush"), ResponseTimeout("00:05:00")]
    Task Flush();
}
