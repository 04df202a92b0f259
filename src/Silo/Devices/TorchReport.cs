namespace Tempera.Silo.Devices;

/// <summary>What became of loading libtorch.</summary>
internal sealed record TorchReport
{
    /// <summary>The folder tried; null where none was found.</summary>
    public TorchFolder? Folder { get; init; }

    /// <summary>Version of libtorch, where it is known.</summary>
    public string? Version { get; init; }

    /// <summary>What was done to load TorchSharp's native part, for people; null when nothing was needed.</summary>
    public string? Repair { get; init; }

    /// <summary>Why it cannot be used and what to do; null when it can.</summary>
    public string? Failure { get; init; }

    /// <summary>GPUs that libtorch can use.</summary>
    public int Gpus { get; init; }
}
