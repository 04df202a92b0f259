namespace Tempera.Model.Engines.Torch;

/// <summary>Where and how a <see cref="TorchEngine"/> computes. The native libraries are loaded before one is built.</summary>
public sealed record TorchOptions
{
    /// <summary>CUDA device, from 0; null computes on the CPU.</summary>
    public int? CudaIndex { get; init; }

    /// <summary>Threads of libtorch on the CPU; 0 leaves its own choice.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Most bytes of the tables that hold the whole state graph on the device; a space that needs more is uploaded state by
    /// state, as its trajectories meet them. Null takes 2 GiB on CUDA and 0 on the CPU, where uploading costs nothing.
    /// </summary>
    public long? TableBytes { get; init; }

    /// <summary>Take gradient steps on the device without waiting for it, where the objective can. Null does on CUDA only.</summary>
    public bool? Resident { get; init; }

    /// <summary>A monotonic clock, for the time spent waiting for the device; null does not measure it.</summary>
    public Func<TimeSpan>? Clock { get; init; }

    /// <summary>Told of each wait, where there is a clock.</summary>
    public Action<TimeSpan>? Waited { get; init; }

    /// <summary>Limit of the tables in effect.</summary>
    internal long EffectiveTableBytes => TableBytes ?? (CudaIndex is null ? 0 : 1L << 31);

    /// <summary>Whether gradient steps stay on the device.</summary>
    internal bool IsResident => Resident ?? CudaIndex is not null;
}
