using System.Security.Cryptography;
using System.Text;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Evidence;

/// <summary>What a campaign has left in storage, in a form in which two campaigns can be compared.</summary>
/// <param name="State">Where the state machine stands.</param>
/// <param name="Epoch">Lease epoch.</param>
/// <param name="Rounds">The events of its rounds as lines, without seconds, which no two runs share.</param>
/// <param name="Objects">The packed objects whose scores the evaluation log holds, intact.</param>
/// <param name="Digest">SHA-256 over the learner's tensors in the newest checkpoint of the campaign; null without a checkpoint.</param>
/// <param name="DigestRound">Round of that checkpoint.</param>
/// <param name="Damage">What is wrong with its checkpoints, a sentence each.</param>
/// <param name="Overtaken">Checkpoints that a writer added after it was overtaken; they are never read.</param>
public sealed record CampaignEvidence(
    CampaignState State, long Epoch, IReadOnlyList<string> Rounds, IReadOnlySet<UInt128> Objects,
    string? Digest, int DigestRound, IReadOnlyList<string> Damage, int Overtaken)
{
    /// <summary>Reads the evidence; writes nothing.</summary>
    /// <exception cref="TemperaException">There is no such campaign, or storage refused.</exception>
    public static async Task<CampaignEvidence> Read(IBlobStore blobs, string campaign)
    {
        var names = new CampaignBlobs(campaign);
        var document = await Document(blobs, names, campaign);
        var (digest, round, damage, overtaken) = await ReadCheckpoints(new CheckpointReader(blobs, names), document.Lineage);
        return new CampaignEvidence(
            document.State, document.Epoch, await ReadRounds(blobs, names), await ReadObjects(blobs, names), digest, round, damage, overtaken);
    }

    /// <summary>Epoch and newest checkpoint of a campaign's document.</summary>
    /// <exception cref="TemperaException">There is no such campaign, or storage refused.</exception>
    public static async Task<(long Epoch, int? CheckpointRound)> Position(IBlobStore blobs, string campaign)
    {
        var document = await Document(blobs, new CampaignBlobs(campaign), campaign);
        return (document.Epoch, document.CheckpointRound);
    }

    /// <summary>The rounds whose numbers do not follow on each other, as <c>before-after</c>.</summary>
    public IReadOnlyList<string> Breaks()
    {
        var numbers = Rounds.Select(static line => CampaignEventJson.Read(Encoding.UTF8.GetBytes(line)).Round).Prepend(0).ToList();
        return [.. numbers.Zip(numbers.Skip(1)).Where(static pair => pair.Second != pair.First + 1).Select(static pair => $"{pair.First}-{pair.Second}")];
    }

    private static async Task<CampaignDocument> Document(IBlobStore blobs, CampaignBlobs names, string campaign)
    {
        var documents = new CampaignDocumentStore(blobs, names, TimeProvider.System);
        await documents.EnsureLoaded();
        return documents.Current ?? throw new TemperaException(TemperaError.UnknownCampaign,
            $"A campaign has a document in storage; '{campaign}' has none. Check the id.");
    }

    private static async Task<IReadOnlyList<string>> ReadRounds(IBlobStore blobs, CampaignBlobs names)
    {
        var content = (await blobs.Get(names.Events))?.Content ?? [];
        return [.. Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => CampaignEventJson.Read(Encoding.UTF8.GetBytes(line))).Where(static e => e.Kind == CampaignEventKinds.Round)
            .Select(static e => CampaignEventJson.Write(e with { Seconds = 0, CpuSeconds = 0 }))];
    }

    private static async Task<IReadOnlySet<UInt128>> ReadObjects(IBlobStore blobs, CampaignBlobs names)
    {
        var objects = new HashSet<UInt128>();
        await foreach (var segment in new EvaluationLogReader(blobs, names).ReadSegments())
        {
            objects.UnionWith(segment.Batches.SelectMany(static batch => batch.Objects));
        }

        return objects;
    }

    private static async Task<(string? Digest, int Round, IReadOnlyList<string> Damage, int Overtaken)> ReadCheckpoints(
        CheckpointReader reader, CampaignLineage lineage)
    {
        var (digest, newest, damage, overtaken) = ((string?)null, 0, new List<string>(), 0);
        foreach (var round in await reader.ListRounds())
        {
            var (content, fault) = await reader.TryRead(round);
            if (content is null)
            {
                damage.Add($"The checkpoint of round {round} is damaged ({fault}).");
            }
            else if (!lineage.Admits(content.Manifest.Epoch, round))
            {
                overtaken++;
            }
            else
            {
                (digest, newest) = (DigestOf(content), round);
            }
        }

        return (digest, newest, damage, overtaken);
    }

    private static string DigestOf(CheckpointContent content) => Convert.ToHexString(
        SHA256.HashData([.. content.Parts[CheckpointContent.Weights], .. content.Parts[CheckpointContent.Optimizer]]));
}
