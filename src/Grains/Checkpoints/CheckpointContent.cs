namespace Tempera.Grains.Checkpoints;

/// <summary>A checkpoint that was read and found whole.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Parts">Its parts by name.</param>
internal sealed record CheckpointContent(CheckpointManifest Manifest, IReadOnlyDictionary<string, byte[]> Parts)
{
    /// <summary>Names of the parts.</summary>
    public const string Weights = "weights.safetensors", Optimizer = "optimizer.safetensors", State = "state.json";
}

/// <summary>What looking for the newest good checkpoint found.</summary>
/// <param name="Content">The newest good one; null when there is none.</param>
/// <param name="Damage">A sentence for each newer one that is not good, newest first.</param>
internal sealed record CheckpointSelection(CheckpointContent? Content, IReadOnlyList<string> Damage);
