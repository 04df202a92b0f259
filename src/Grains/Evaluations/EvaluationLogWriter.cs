using System.Buffers;

using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Evaluations;

/// <summary>
/// Appends to the segment of one epoch. Only one writer ever holds an epoch, so a segment that is longer than what was
/// appended means that the epoch is not ours alone.
/// </summary>
internal sealed class EvaluationLogWriter(IBlobStore blobs, string segment, ulong oracle, bool durable)
{
    private long _length;

    /// <summary>Appends the evaluations of a round; on storage that survives a power cut when the writer is durable.</summary>
    /// <exception cref="TemperaException">Another writer uses the segment, or storage refused.</exception>
    public async Task Append(int round, UInt128[] objects, float[] betas, double[] scores, int count)
    {
        var bytes = EvaluationFormat.RecordBytes(count);
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            EvaluationFormat.Write(buffer.AsSpan(0, bytes), round, oracle, objects.AsSpan(0, count), betas.AsSpan(0, count), scores.AsSpan(0, count));
            await Append(buffer.AsMemory(0, bytes), durable);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Forces everything appended to stable storage.</summary>
    /// <exception cref="TemperaException">Another writer uses the segment, or storage refused.</exception>
    public Task Flush() => _length == 0 ? Task.CompletedTask : Append(ReadOnlyMemory<byte>.Empty, durable: true);

    private async Task Append(ReadOnlyMemory<byte> bytes, bool durable)
    {
        var appended = await blobs.Append(segment, bytes, _length, durable);
        if (appended.Conflict)
        {
            throw new TemperaException(TemperaError.StaleEpoch,
                $"One writer appends to {segment}; it should have {_length} bytes and has {appended.Length}. Another process has taken over the campaign: let it run, or stop it and resume here.");
        }

        _length = appended.Length;
    }
}
