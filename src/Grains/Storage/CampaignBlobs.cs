using System.Globalization;

using Tempera.Contracts;

namespace Tempera.Grains.Storage;

/// <summary>The names of one campaign's blobs.</summary>
public sealed class CampaignBlobs
{
    /// <summary>What the names of all campaigns' blobs begin with.</summary>
    public const string Root = "campaigns/";

    private const string DocumentName = "campaign.json";

    /// <summary>The names of a campaign.</summary>
    /// <exception cref="Contracts.Errors.TemperaException">The id breaks the rule of <see cref="CampaignId"/>.</exception>
    public CampaignBlobs(string campaignId) => Prefix = $"{Root}{CampaignId.Validate(campaignId)}/";

    /// <summary>What all of the campaign's names begin with, '/' included.</summary>
    public string Prefix { get; }

    /// <summary>Specification and state.</summary>
    public string Document => Prefix + DocumentName;

    /// <summary>The event log.</summary>
    public string Events => Prefix + "events.jsonl";

    /// <summary>What the names of the evaluation log's segments begin with.</summary>
    public string EvaluationsPrefix => Prefix + "evaluations/";

    /// <summary>What the names of all checkpoints' parts begin with.</summary>
    public string CheckpointsPrefix => Prefix + "checkpoints/";

    /// <summary>The segment of the evaluation log that an epoch writes.</summary>
    public string Segment(long epoch) => string.Create(CultureInfo.InvariantCulture, $"{EvaluationsPrefix}{epoch:D6}.log");

    /// <summary>A segment that a shard of an epoch writes; each activation of the shard begins a part of its own.</summary>
    public string ShardSegment(ShardSegmentName name) =>
        string.Create(CultureInfo.InvariantCulture, $"{EvaluationsPrefix}{name.Epoch:D6}-{name.Shard:D3}-{name.Part:D4}.log");

    /// <summary>What the names of all published policies begin with.</summary>
    public string PoliciesPrefix => Prefix + "policies/";

    /// <summary>The policy that an epoch published of a round.</summary>
    public string Policy(long epoch, int round) =>
        string.Create(CultureInfo.InvariantCulture, $"{PoliciesPrefix}{epoch:D6}-{round:D8}.safetensors");

    /// <summary>A part of a checkpoint.</summary>
    public string CheckpointPart(int round, string part) =>
        string.Create(CultureInfo.InvariantCulture, $"{CheckpointsPrefix}{round:D8}/{part}");

    /// <summary>The campaign id in the name of a <see cref="Document"/>, or null for any other name.</summary>
    public static string? IdOfDocument(string name)
    {
        var parts = name.Split('/');
        return parts is ["campaigns", var id, DocumentName] && CampaignId.IsValid(id) ? id : null;
    }

    /// <summary>The epoch of a segment's name, or null for any other name.</summary>
    public long? EpochOf(string name) =>
        name.StartsWith(EvaluationsPrefix, StringComparison.Ordinal) && name.EndsWith(".log", StringComparison.Ordinal)
        && long.TryParse(name.AsSpan()[EvaluationsPrefix.Length..^4], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? epoch
            : null;

    /// <summary>What a shard segment's name says, or null for any other name.</summary>
    public ShardSegmentName? ShardSegmentOf(string name) =>
        name.StartsWith(EvaluationsPrefix, StringComparison.Ordinal) && name.EndsWith(".log", StringComparison.Ordinal)
        && name[EvaluationsPrefix.Length..^4].Split('-') is [var epoch, var shard, var part]
        && long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var e)
        && int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var s)
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var p)
            ? new ShardSegmentName(e, s, p)
            : null;

    /// <summary>Epoch and round of a published policy's name, or null for any other name.</summary>
    public (long Epoch, int Round)? PolicyOf(string name) =>
        name.StartsWith(PoliciesPrefix, StringComparison.Ordinal) && name.EndsWith(".safetensors", StringComparison.Ordinal)
        && name[PoliciesPrefix.Length..^".safetensors".Length].Split('-') is [var epoch, var round]
        && long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var e)
        && int.TryParse(round, NumberStyles.None, CultureInfo.InvariantCulture, out var r)
            ? (e, r)
            : null;

    /// <summary>Round and part of a checkpoint part's name, or null for any other name.</summary>
    public (int Round, string Part)? CheckpointOf(string name)
    {
        if (!name.StartsWith(CheckpointsPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = name[CheckpointsPrefix.Length..].Split('/');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var round)
            ? (round, parts[1])
            : null;
    }
}
