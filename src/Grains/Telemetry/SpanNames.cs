namespace Tempera.Grains.Telemetry;

/// <summary>Names of the spans; those of a round lie within <see cref="Round"/>, and rounds within the span of the client that asked.</summary>
public static class SpanNames
{
    /// <summary>A whole round.</summary>
    public const string Round = "campaign.round";

    /// <summary>The trainer draws the round's objects.</summary>
    public const string Propose = "trainer.propose";

    /// <summary>The oracle scores them.</summary>
    public const string Evaluate = "oracle.evaluate";

    /// <summary>The replay buffer takes them in.</summary>
    public const string Append = "replay.append";

    /// <summary>The trainer takes the gradient steps.</summary>
    public const string Learn = "trainer.learn";

    /// <summary>A searcher draws trajectories and has them scored.</summary>
    public const string Search = "searcher.search";

    /// <summary>A round waits for searchers.</summary>
    public const string Harvest = "searcher.harvest";

    /// <summary>A checkpoint is written.</summary>
    public const string Checkpoint = "checkpoint.write";

    /// <summary>A part of a checkpoint goes to storage.</summary>
    public const string CheckpointPart = "checkpoint.part";

    /// <summary>A client asks for rounds, or has a campaign carried on; the verb follows.</summary>
    public const string ClientPrefix = "client.";
}
