using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Accelerators;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Hosting;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Campaigns;

/// <summary>Opens a campaign's grains at its newest good checkpoint.</summary>
internal sealed class CampaignOpener(
    CampaignServices services, CampaignBlobs names, CampaignDocumentStore documents, CampaignEventLog events, CampaignMembers members,
    AcceleratorSeat seat)
{
    private readonly CheckpointReader _checkpoints = new(services.Blobs, names);

    /// <summary>
    /// Opens for running: takes a new epoch in the document, which ends every older writer's right to write, then restores.
    /// </summary>
    /// <param name="change">A change of the document to be made in the same write.</param>
    /// <exception cref="TemperaException">No checkpoint can be restored, or another writer has taken over.</exception>
    public async Task<OpenedCampaign> OpenForRunning(Func<CampaignDocument, CampaignDocument> change)
    {
        var selection = await _checkpoints.SelectNewestGood(documents.Current!.Lineage);
        var resolved = services.Specifications.Resolve(documents.Current!.Specification);
        await seat.Claim(resolved);
        if (seat.MustWait(resolved))
        {
            await documents.Update(before => change(before) with { State = CampaignState.Running, Failure = null });
            throw new AcceleratorQueuedException(seat.Position);
        }

        var document = await documents.Update(before => change(before).WithNextEpoch(selection.Content?.Manifest.Round));
        var session = await CampaignSession.Open(services, document, members, document.Epoch, selection.Content, seat);
        var gap = await events.CutBack(session.Counters.Round);
        return new OpenedCampaign(session, Warning(selection, gap));
    }

    /// <summary>Opens for reading; writes nothing.</summary>
    /// <exception cref="TemperaException">No checkpoint can be restored.</exception>
    public async Task<OpenedCampaign> OpenForReading()
    {
        var selection = await _checkpoints.SelectNewestGood(documents.Current!.Lineage);
        return new OpenedCampaign(
            await CampaignSession.Open(services, documents.Current!, members, epoch: 0, selection.Content, null), Warning(selection, null));
    }

    private static string? Warning(CheckpointSelection selection, string? gap)
    {
        var used = selection.Content is { } content ? $"The one of round {content.Manifest.Round} is used." : null;
        var sentences = selection.Damage.Count == 0 ? [] : selection.Damage.Append(used);
        var text = string.Join(' ', sentences.Append(gap).OfType<string>());
        return text.Length == 0 ? null : text;
    }
}

/// <summary>An opened campaign.</summary>
/// <param name="Session">Its grains.</param>
/// <param name="Warning">What a person should know about the restore, or null.</param>
internal sealed record OpenedCampaign(CampaignSession Session, string? Warning);
