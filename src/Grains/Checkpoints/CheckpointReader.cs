using System.Security.Cryptography;
using System.Text.Json;

using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Checkpoints;

/// <summary>Lists, verifies and reads a campaign's checkpoints. Reading never changes them.</summary>
internal sealed class CheckpointReader(IBlobStore blobs, CampaignBlobs names)
{
    /// <summary>Rounds that have a manifest, ascending.</summary>
    public async Task<IReadOnlyList<int>> ListRounds(CancellationToken cancellationToken = default) =>
        [.. (await blobs.List(names.CheckpointsPrefix, cancellationToken))
            .Select(item => names.CheckpointOf(item.Name))
            .Where(static found => found is { Part: CheckpointManifest.FileName })
            .Select(static found => found!.Value.Round)];

    /// <summary>
    /// The newest checkpoint whose every part matches its manifest. Damaged ones are passed over and named; those of a writer that
    /// had been overtaken are passed over.
    /// </summary>
    /// <exception cref="TemperaException">A checkpoint was written by a newer version; or there are checkpoints and none is good.</exception>
    public async Task<CheckpointSelection> SelectNewestGood(CampaignLineage lineage, CancellationToken cancellationToken = default)
    {
        var damage = new List<string>();
        foreach (var round in (await ListRounds(cancellationToken)).Reverse())
        {
            var (content, fault) = await TryRead(round, cancellationToken);
            if (content is not null && !lineage.Admits(content.Manifest.Epoch, round))
            {
                continue;
            }

            if (content is not null)
            {
                return new CheckpointSelection(content, damage);
            }

            damage.Add($"The checkpoint of round {round} is damaged ({fault}).");
        }

        return damage.Count == 0
            ? new CheckpointSelection(null, [])
            : throw new TemperaException(TemperaError.CheckpointDamaged,
                $"A campaign resumes from a whole checkpoint; none is left. {string.Join(' ', damage)} Restore {names.CheckpointsPrefix} from a backup, or delete it to run again from round 0: scores in the evaluation log are not paid for twice.");
    }

    /// <summary>A checkpoint with its parts verified.</summary>
    /// <exception cref="TemperaException">It does not exist, is damaged, or was written by a newer version.</exception>
    public async Task<CheckpointContent> Read(int round, CancellationToken cancellationToken = default)
    {
        var (content, fault) = await TryRead(round, cancellationToken);
        return content ?? throw new TemperaException(TemperaError.CheckpointDamaged,
            $"A checkpoint has every part that its manifest names, unaltered; that of round {round} does not ({fault}). Resume again: an older one is used.");
    }

    /// <summary>A checkpoint with its parts verified, or what is wrong with it.</summary>
    /// <exception cref="TemperaException">It was written by a newer version.</exception>
    public async Task<(CheckpointContent? Content, string? Fault)> TryRead(int round, CancellationToken cancellationToken = default)
    {
        var (manifest, fault) = await TryReadManifest(round, cancellationToken);
        if (manifest is null)
        {
            return (null, fault);
        }

        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var part in manifest.Parts)
        {
            var blob = await blobs.Get(names.CheckpointPart(round, part.Name), cancellationToken);
            fault = Fault(part, blob?.Content);
            if (fault is not null)
            {
                return (null, fault);
            }

            parts[part.Name] = blob!.Content;
        }

        return (new CheckpointContent(manifest, parts), null);
    }

    /// <summary>A checkpoint's manifest, or what is wrong with it.</summary>
    /// <exception cref="TemperaException">It was written by a newer version.</exception>
    public async Task<(CheckpointManifest? Manifest, string? Fault)> TryReadManifest(int round, CancellationToken cancellationToken = default)
    {
        var name = names.CheckpointPart(round, CheckpointManifest.FileName);
        if (await blobs.Get(name, cancellationToken) is not { } blob)
        {
            return (null, "manifest.json is missing");
        }

        try
        {
            RefuseNewer(name, blob.Content);
            var manifest = JsonSerializer.Deserialize(blob.Content, GrainsJson.Default.CheckpointManifest);
            return manifest is { Parts: not null } && manifest.Round == round && HasAllParts(manifest)
                ? (manifest, null)
                : (null, "manifest.json does not describe this checkpoint");
        }
        catch (JsonException)
        {
            return (null, "manifest.json is not valid JSON");
        }
    }

    private static bool HasAllParts(CheckpointManifest manifest) =>
        new[] { CheckpointContent.Weights, CheckpointContent.Optimizer, CheckpointContent.State }
            .All(name => manifest.Parts.Any(part => part.Name == name));

    private static string? Fault(CheckpointPart part, byte[]? content) => content switch
    {
        null => $"{part.Name} is missing",
        _ when content.Length != part.Length => $"{part.Name} has {content.Length} bytes in place of {part.Length}",
        _ when Convert.ToHexStringLower(SHA256.HashData(content)) != part.Sha256 => $"{part.Name} does not match its SHA-256",
        _ => null,
    };

    private static void RefuseNewer(string name, byte[] manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format_version", out var property)
            && property.TryGetInt32Safe(out var version)
            && version > CheckpointManifest.CurrentFormat)
        {
            throw new TemperaException(TemperaError.NewerFormat,
                $"This version reads checkpoints up to format {CheckpointManifest.CurrentFormat}; {name} has format {version}. Use the version of Tempera that wrote it, or a newer one.");
        }
    }
}
