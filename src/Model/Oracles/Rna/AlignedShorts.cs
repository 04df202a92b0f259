namespace Tempera.Model.Oracles.Rna;

/// <summary>16-bit numbers that start on a cache line and never move, so that kernels may address them by pointer.</summary>
/// <remarks>A pointer is good while the owner is reachable: who hands it to a kernel keeps the owner alive until it returns.</remarks>
internal sealed unsafe class AlignedShorts
{
    private const int LineShorts = 32;

    private readonly short[] _storage;
    private readonly int _start;

    public AlignedShorts(int count, short value)
    {
        _storage = GC.AllocateUninitializedArray<short>(count + LineShorts, pinned: true);
        Array.Fill(_storage, value);
        fixed (short* first = _storage)
        {
            var bytes = (int)((nuint)first % (LineShorts * sizeof(short)));
            _start = bytes == 0 ? 0 : LineShorts - bytes / sizeof(short);
            Pointer = first + _start;
        }

        Count = count;
    }

    public int Count { get; }

    public short* Pointer { get; }

    public Span<short> Span => _storage.AsSpan(_start, Count);
}
