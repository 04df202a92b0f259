using System.Runtime.Intrinsics;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// The engine's own matrix kernel on data that stays in the nearest cache, single-threaded: what a caller times to learn the
/// core's attainable peak. Model reads no clock.
/// </summary>
public sealed unsafe class MatrixPeak : IDisposable
{
    private const int Rows = 96;
    private const int Width = 128;
    private readonly AlignedBuffer _a = new(Rows * (Width + 16));
    private readonly AlignedBuffer _c = new(Rows * (Width + 16));
    private readonly PackedMatrix _b = new(Width, Width);
    private readonly WorkerTeam _team = new(1);
    private readonly MatrixProducts _products;

    /// <summary>Allocates the operands.</summary>
    public MatrixPeak() => _products = new MatrixProducts(_team, Vector512.IsHardwareAccelerated, new EngineCounters());

    /// <summary>Runs a number of products of [96, 128] by [128, 128]; returns the floating-point operations done.</summary>
    public long Run(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            _products.Multiply(_a.Pointer, Width + 16, _b, _c.Pointer, Width + 16, Rows);
        }

        return 2L * Rows * Width * Width * repetitions;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
        _team.Dispose();
    }
}
