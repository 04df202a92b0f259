using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;

namespace Tempera.Grains.Checkpoints;

/// <summary>The checkpoints as people see them.</summary>
internal sealed class CheckpointCatalog(CheckpointReader reader)
{
    /// <summary>All that have a manifest, oldest first; verification reads every part.</summary>
    public async Task<IReadOnlyList<CheckpointRecord>> List(bool verify)
    {
        var records = new List<CheckpointRecord>();
        foreach (var round in await reader.ListRounds())
        {
            records.Add(await Describe(round, verify));
        }

        return records;
    }

    private async Task<CheckpointRecord> Describe(int round, bool verify)
    {
        try
        {
            var (manifest, damage) = await reader.TryReadManifest(round);
            if (manifest is not null && verify)
            {
                (_, damage) = await reader.TryRead(round);
            }

            return manifest is null
                ? new CheckpointRecord(round, 0, 0, default, verify ? false : null, damage)
                : new CheckpointRecord(
                    round, manifest.Epoch, manifest.Parts.Sum(static part => part.Length), manifest.CreatedAt, verify ? damage is null : null, damage);
        }
        catch (TemperaException exception) when (exception.Code == TemperaError.NewerFormat)
        {
            return new CheckpointRecord(round, 0, 0, default, verify ? false : null, exception.Message);
        }
    }
}
