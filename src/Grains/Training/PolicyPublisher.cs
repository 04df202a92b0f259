using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Training;

/// <summary>
/// Publishes policies for searchers. A blob is named by epoch and round, is written once, and only while the epoch is the campaign's; who
/// asks for a policy names both, so that what a late writer adds is never read. It removes policies of its own epoch and of earlier ones only.
/// </summary>
internal sealed class PolicyPublisher(IBlobStore blobs, CampaignBlobs names, CampaignLease lease)
{
    private const int Kept = 3;

    private readonly Queue<string> _published = [];
    private long _epoch;

    /// <summary>Publishes a round's weights; readable when the task completes.</summary>
    /// <exception cref="TemperaException">Another writer has taken over, or storage refused.</exception>
    public async Task Publish(long epoch, int round, byte[] weights)
    {
        await lease.Require(epoch);
        var name = names.Policy(epoch, round);
        // One that is there already was written by a call whose answer was lost: the same round of the same epoch.
        await blobs.Put(name, weights, BlobCondition.IfNoneMatch);
        if (_epoch != epoch)
        {
            _published.Clear();
            foreach (var item in await blobs.List(names.PoliciesPrefix))
            {
                if (names.PolicyOf(item.Name) is { } found && found.Epoch < epoch)
                {
                    await blobs.Delete(item.Name);
                }
            }

            _epoch = epoch;
        }

        if (!_published.Contains(name))
        {
            _published.Enqueue(name);
        }

        while (_published.Count > Kept)
        {
            await blobs.Delete(_published.Dequeue());
        }
    }
}
