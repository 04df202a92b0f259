using System.Runtime.InteropServices;

namespace Tempera.Model.Engines.Simd;

/// <summary>Zero-initialised floats on a 64-byte boundary that grow and never shrink. Growing keeps the content.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int Alignment = 64;

    /// <summary>First element; changes when the buffer grows.</summary>
    public float* Pointer { get; private set; }

    /// <summary>Elements.</summary>
    public long Length { get; private set; }

    public AlignedBuffer(long length = 0) => Ensure(length);

    /// <summary>Makes room for a number of elements.</summary>
    public float* Ensure(long length)
    {
        if (length <= Length)
        {
            return Pointer;
        }

        var grown = Math.Max(length, Length + Length / 2);
        var bytes = (nuint)((grown * sizeof(float) + Alignment - 1) / Alignment * Alignment);
        var fresh = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(fresh, bytes);
        if (Pointer is not null)
        {
            NativeMemory.Copy(Pointer, fresh, (nuint)(Length * sizeof(float)));
            NativeMemory.AlignedFree(Pointer);
        }

        Pointer = fresh;
        Length = grown;
        return Pointer;
    }

    /// <summary>Sets a range to zero.</summary>
    public void Clear(long start, long count) => NativeMemory.Clear(Pointer + start, (nuint)(count * sizeof(float)));

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
        Length = 0;
        GC.SuppressFinalize(this);
    }

    ~AlignedBuffer() => Dispose();
}
