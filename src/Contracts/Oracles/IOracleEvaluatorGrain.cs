namespace Tempera.Contracts.Oracles;

/// <summary>
/// Evaluation of objects for one campaign and shard (key: campaign id + "/" + shard). An object already evaluated by the
/// same oracle version is answered from the evaluation log and never paid for again.
/// </summary>
[Alias("tempera.oracle-evaluator")]
public interface IOracleEvaluatorGrain : IGrainWithStringKey
{
    /// <summary>Reads the evaluation log and, with an epoch above 0, opens a segment of it for appending.</summary>
    [Alias("Open"), ResponseTimeout("00:05:00")]
    Task Open(OracleOpenRequest request);

    /// <summary>Scores of a round's objects, from the log where it has them; logged before they are returned.</summary>
    /// <returns>The scores; null while they are worked out: the same batch, sent again, waits on.</returns>
    [Alias("Evaluate")]
    Task<OracleReport?> Evaluate(OracleBatch batch);

    /// <summary>Logs a round's objects with the scores that the shards gave them.</summary>
    [Alias("Record"), ResponseTimeout("00:05:00")]
    Task Record(OracleRecord record);

    /// <summary>Scores without recording anything: for samples and metrics, never for training.</summary>
    [Alias("Peek"), ResponseTimeout("00:10:00")]
    Task<byte[]> Peek(byte[] objects);

    /// <summary>Forces what was logged to stable storage.</summary>
    [Alias("Flush"), ResponseTimeout("00:05:00")]
    Task Flush();
}
