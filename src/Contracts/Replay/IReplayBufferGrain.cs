using Tempera.Contracts.Campaigns;

namespace Tempera.Contracts.Replay;

/// <summary>
/// Every evaluated object of one campaign (key: campaign id) with its score, the strata of prioritised sampling and the
/// modes among them. Append is idempotent by (round, object); a draw is a function of the seed, the round and the content.
/// </summary>
[Alias("tempera.replay-buffer")]
public interface IReplayBufferGrain : IGrainWithStringKey
{
    /// <summary>Empties the buffer and fills it with the evaluations and modes up to a round.</summary>
    [Alias("Open"), ResponseTimeout("00:05:00")]
    Task Open(ReplayOpenRequest request);

    /// <summary>Adds a round's evaluations. A repeated round returns the same report and changes nothing.</summary>
    [Alias("Append")]
    Task<ReplayReport> Append(ReplayAppend batch);

    /// <summary>Draws a prioritised batch for a round; empty below ten objects.</summary>
    [Alias("Draw")]
    Task<ReplayDraw> Draw(int round);

    /// <summary>The modes, in the order of discovery.</summary>
    [Alias("Modes")]
    Task<IReadOnlyList<ModeRecord>> Modes();

    /// <summary>A page of the evaluated objects.</summary>
    [Alias("Page")]
    Task<EvaluationPage> Page(long from, int count);

    /// <summary>float64 raw scores of packed objects, NaN for those that are not in the buffer.</summary>
    [Alias("Lookup")]
    Task<byte[]> Lookup(byte[] objects);

    /// <summary>What a checkpoint keeps of the buffer: UTF-8 JSON with counters, modes and the log position.</summary>
    [Alias("Capture")]
    Task<byte[]> Capture();
}
