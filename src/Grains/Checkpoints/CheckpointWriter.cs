using System.Security.Cryptography;
using System.Text.Json;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Telemetry;

namespace Tempera.Grains.Checkpoints;

/// <summary>
/// Writes checkpoints for one lease epoch. Order makes them safe: what lies in the folder is seen first, then the epoch is
/// checked, then the old manifest goes, the parts come and the new manifest is last; each write needs what was seen to be
/// unchanged. A writer whose epoch has passed is therefore refused, whenever it wakes up. The one thing it may still do is to add a
/// checkpoint where none was yet; <see cref="CampaignLineage"/> keeps that from being read.
/// </summary>
internal sealed class CheckpointWriter(
    IBlobStore blobs, CampaignBlobs names, CampaignLease lease, TimeProvider time, TemperaTelemetry telemetry)
{
    /// <summary>Writes a checkpoint; durable when the task completes.</summary>
    /// <exception cref="TemperaException">Another writer has taken over, or storage refused.</exception>
    public async Task<CheckpointRecord> Write(
        CheckpointTarget target, IReadOnlyList<(string Name, byte[] Content)> parts, CancellationToken cancellationToken = default)
    {
        var seen = new List<Blob?>(parts.Count);
        foreach (var (name, _) in parts)
        {
            seen.Add(await blobs.Get(names.CheckpointPart(target.Round, name), cancellationToken));
        }

        var manifestName = names.CheckpointPart(target.Round, CheckpointManifest.FileName);
        var seenManifest = await blobs.Get(manifestName, cancellationToken);
        await lease.Require(target.Epoch, cancellationToken);
        if (seenManifest is not null && !await blobs.DeleteIfMatch(manifestName, seenManifest.ETag, cancellationToken))
        {
            throw await Overtaken(manifestName, target.Epoch, cancellationToken);
        }

        var written = new List<CheckpointPart>(parts.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            var (name, content) = parts[i];
            await Put(names.CheckpointPart(target.Round, name), content, BlobCondition.Unchanged(seen[i]), target.Epoch, cancellationToken);
            written.Add(new CheckpointPart(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
        }

        var manifest = new CheckpointManifest
        {
            FormatVersion = CheckpointManifest.CurrentFormat,
            TemperaVersion = TemperaVersion.Current,
            Campaign = target.Campaign,
            Task = target.Task,
            Round = target.Round,
            Epoch = target.Epoch,
            CreatedAt = time.GetUtcNow(),
            Parts = written,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, GrainsJson.Default.CheckpointManifest);
        await lease.Require(target.Epoch, cancellationToken);
        await Put(manifestName, json, BlobCondition.IfNoneMatch, target.Epoch, cancellationToken);
        return new CheckpointRecord(target.Round, target.Epoch, written.Sum(static part => part.Length) + json.Length, manifest.CreatedAt, null, null);
    }

    /// <summary>
    /// Removes checkpoints of rounds before a good one, but for the newest <paramref name="keep"/> - 1 of them, and what
    /// interrupted writes left there. The good one itself and later ones are never touched.
    /// </summary>
    public async Task Prune(int goodRound, int keep, CancellationToken cancellationToken = default)
    {
        var older = (await blobs.List(names.CheckpointsPrefix, cancellationToken))
            .Select(item => (item.Name, Found: names.CheckpointOf(item.Name)))
            .Where(item => item.Found is { } found && found.Round < goodRound)
            .GroupBy(static item => item.Found!.Value.Round)
            .OrderByDescending(static group => group.Key)
            .ToList();
        var whole = older.Where(static group => group.Any(static item => item.Found!.Value.Part == CheckpointManifest.FileName));
        var kept = whole.Take(keep - 1).Select(static group => group.Key).ToHashSet();
        foreach (var group in older.Where(group => !kept.Contains(group.Key)))
        {
            // The manifest first: what is left of an interrupted removal is not a checkpoint.
            foreach (var (name, _) in group.OrderByDescending(static item => item.Found!.Value.Part == CheckpointManifest.FileName))
            {
                await blobs.Delete(name, cancellationToken);
            }
        }
    }

    private async Task Put(string name, byte[] content, BlobCondition condition, long epoch, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartPart(name[(name.LastIndexOf('/') + 1)..], content.Length);
        if ((await blobs.Put(name, content, condition, cancellationToken)).Conflict)
        {
            throw await Overtaken(name, epoch, cancellationToken);
        }
    }

    private async Task<TemperaException> Overtaken(string name, long epoch, CancellationToken cancellationToken)
    {
        await lease.Require(epoch, cancellationToken);
        return new TemperaException(TemperaError.StaleEpoch,
            $"One writer at a time writes a checkpoint; {name} changed while it was written. Another process has taken over the campaign: let it run, or stop it and resume here.");
    }
}

/// <summary>Which checkpoint is written.</summary>
/// <param name="Campaign">Campaign id.</param>
/// <param name="Task">Task name.</param>
/// <param name="Round">Rounds committed.</param>
/// <param name="Epoch">Lease epoch of the writer.</param>
internal sealed record CheckpointTarget(string Campaign, string Task, int Round, long Epoch);
