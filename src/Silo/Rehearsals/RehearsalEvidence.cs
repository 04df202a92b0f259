using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Evidence;
using Tempera.Grains.Storage;
using Tempera.Silo.Storage;
using Tempera.Silo.Storage.Azure;

namespace Tempera.Silo.Rehearsals;

/// <summary>What a campaign has left in storage, for whoever compares it with another run or with a journal of oracle calls.</summary>
/// <param name="State">Where the state machine stands.</param>
/// <param name="Epoch">Lease epoch.</param>
/// <param name="Rounds">The events of its rounds as lines, without seconds.</param>
/// <param name="Breaks">Rounds whose numbers do not follow on each other.</param>
/// <param name="Objects">The objects whose scores the evaluation log holds, as a journal writes them.</param>
/// <param name="Digest">SHA-256 over the learner's tensors in its newest checkpoint; null without one.</param>
/// <param name="DigestRound">Round of that checkpoint.</param>
/// <param name="Damage">What is wrong with its checkpoints.</param>
/// <param name="Overtaken">Checkpoints of a writer that was overtaken, which are never read.</param>
public sealed record RehearsalEvidence(
    CampaignState State, long Epoch, IReadOnlyList<string> Rounds, IReadOnlyList<string> Breaks, IReadOnlySet<string> Objects,
    string? Digest, int DigestRound, IReadOnlyList<string> Damage, int Overtaken)
{
    /// <summary>Reads a cluster's campaign.</summary>
    /// <exception cref="TemperaException">There is no such campaign, or storage refused.</exception>
    public static Task<RehearsalEvidence> OfCluster(AzureStorageSettings storage, string campaign) => Read(new AzureBlobStore(storage), campaign);

    /// <summary>Reads the campaign of a run directory.</summary>
    /// <exception cref="TemperaException">There is no such campaign, or storage refused.</exception>
    public static Task<RehearsalEvidence> OfFolder(string directory, string campaign) =>
        Read(new LocalFolderBlobStore(directory, new CampaignBlobs(campaign).Prefix, readOnly: true), campaign);

    /// <summary>Blobs and bytes of a cluster.</summary>
    /// <exception cref="TemperaException">Storage refused.</exception>
    public static async Task<(int Blobs, long Bytes)> Volume(AzureStorageSettings storage)
    {
        var blobs = await new AzureBlobStore(storage).List(CampaignBlobs.Root);
        return (blobs.Count, blobs.Sum(static blob => blob.Length));
    }

    /// <summary>How far a cluster's campaign is: the epoch of its document, and the length of its event log, which grows by a line a round.</summary>
    /// <exception cref="TemperaException">There is no such campaign, or storage refused.</exception>
    public static async Task<(long Epoch, long EventBytes, int? CheckpointRound)> Progress(AzureStorageSettings storage, string campaign)
    {
        var (blobs, names) = (new AzureBlobStore(storage), new CampaignBlobs(campaign));
        var document = await CampaignEvidence.Position(blobs, campaign);
        return (document.Epoch, (await blobs.List(names.Events)).Sum(static item => item.Length), document.CheckpointRound);
    }

    private static async Task<RehearsalEvidence> Read(IBlobStore blobs, string campaign)
    {
        var evidence = await CampaignEvidence.Read(blobs, campaign);
        return new RehearsalEvidence(
            evidence.State, evidence.Epoch, evidence.Rounds, evidence.Breaks(),
            evidence.Objects.Select(OracleJournalEntry.Text).ToHashSet(StringComparer.Ordinal),
            evidence.Digest, evidence.DigestRound, evidence.Damage, evidence.Overtaken);
    }
}
