namespace Tempera.Model.Engines.Simd;

/// <summary>Matrix products over a worker team, with a count of the floating-point operations.</summary>
internal sealed unsafe class MatrixProducts(WorkerTeam team, bool wide, EngineCounters counters)
{
    private readonly ProductJob _product = new(wide);
    private readonly OuterJob _outer = new(wide);

    /// <summary>Row stride for activations of a padded width: 64 bytes more than the row, so that rows spread over cache sets.</summary>
    public static int Stride(int paddedWidth) => paddedWidth + 16;

    /// <summary>C[m, n] += A[m, k] B[k, n].</summary>
    public void Multiply(float* a, int lda, PackedMatrix b, float* c, int ldc, int m)
    {
        if (m == 0)
        {
            return;
        }

        counters.MatrixFlops += 2L * m * b.Rows * b.Columns;
        _product.Set(a, lda, b, c, ldc, m);
        var blocks = (m + ProductJob.BlockRows - 1) / ProductJob.BlockRows;
        Run(_product, blocks, 2L * m * b.Rows * b.PaddedColumns);
    }

    /// <summary>C[m, n] += X[rows, m]^T Y[rows, n]; n a multiple of 16.</summary>
    public void MultiplyTransposed(float* x, int ldx, float* y, int ldy, int rows, float* c, int ldc, int m, int n)
    {
        if (rows == 0)
        {
            return;
        }

        counters.MatrixFlops += 2L * m * rows * n;
        _outer.Set(x, ldx, y, ldy, rows, c, ldc, m, n);
        Run(_outer, _outer.Blocks, 2L * m * rows * n);
    }

    private void Run(IBlockJob job, int blocks, long flops)
    {
        // Below some ten microseconds of work, waking the team costs more than it saves.
        if (flops < 1_000_000)
        {
            for (var block = 0; block < blocks; block++)
            {
                job.Execute(block);
            }
        }
        else
        {
            team.Run(job, blocks);
        }
    }

    private sealed class ProductJob(bool wide) : IBlockJob
    {
        public const int BlockRows = 16 * MatrixKernels.TileRows;
        private float* _a;
        private float* _c;
        private PackedMatrix _b = null!;
        private int _lda;
        private int _ldc;
        private int _m;

        public void Set(float* a, int lda, PackedMatrix b, float* c, int ldc, int m)
        {
            _a = a;
            _c = c;
            (_lda, _b, _ldc, _m) = (lda, b, ldc, m);
        }

        public void Execute(int block)
        {
            var first = block * BlockRows;
            var rows = Math.Min(BlockRows, _m - first);
            var a = _a + (long)first * _lda;
            var c = _c + (long)first * _ldc;
            for (var column = 0; column < _b.PaddedColumns;)
            {
                var isWide = column < _b.WideColumns;
                if (isWide && wide)
                {
                    Wide(a, c + column, rows, _b.Panel(column));
                    column += 64;
                    continue;
                }

                var (start, width) = isWide ? (column / 64 * 64, 64) : (column, 16);
                var panel = _b.Panel(start) + (column - start);
                if (wide)
                {
                    MatrixKernels.Narrow<Lanes512>(a, _lda, panel, width, rows, _b.Rows, c + column, _ldc);
                }
                else
                {
                    MatrixKernels.Narrow<Lanes256>(a, _lda, panel, width, rows, _b.Rows, c + column, _ldc);
                }

                column += 16;
            }
        }

        private void Wide(float* a, float* c, int rows, float* panel)
        {
            var row = 0;
            for (; row + MatrixKernels.TileRows <= rows; row += MatrixKernels.TileRows)
            {
                MatrixKernels.Tile512(a + (long)row * _lda, _lda, panel, _b.Rows, c + (long)row * _ldc, _ldc);
            }

            for (var column = 0; row < rows && column < 64; column += 16)
            {
                MatrixKernels.Narrow<Lanes512>(
                    a + (long)row * _lda, _lda, panel + column, 64, rows - row, _b.Rows, c + (long)row * _ldc + column, _ldc);
            }
        }
    }

    private sealed class OuterJob(bool wide) : IBlockJob
    {
        private const int BlockOutputs = 4 * MatrixKernels.TileRows;
        private const int Chunk = 64;
        private float* _x;
        private float* _y;
        private float* _c;
        private int _ldx;
        private int _ldy;
        private int _ldc;
        private int _m;
        private int _n;
        private int _rows;

        public void Set(float* x, int ldx, float* y, int ldy, int rows, float* c, int ldc, int m, int n)
        {
            _x = x;
            _y = y;
            _c = c;
            (_ldx, _ldy, _ldc, _m, _n, _rows) = (ldx, ldy, ldc, m, n, rows);
        }

        private int RowBlocks => (_m + BlockOutputs - 1) / BlockOutputs;

        private int Panels => (_n + 63) / 64;

        public int Blocks => RowBlocks * Panels;

        public void Execute(int block)
        {
            // Blocks of one panel follow each other, so that a thread finds Y's columns in its cache.
            var (panel, group) = Math.DivRem(block, RowBlocks);
            var (firstColumn, firstRow) = (panel * 64, group * BlockOutputs);
            var columns = Math.Min(64, _n - firstColumn);
            var outputs = Math.Min(BlockOutputs, _m - firstRow);
            for (var start = 0; start < _rows; start += Chunk)
            {
                var count = Math.Min(Chunk, _rows - start);
                var x = _x + (long)start * _ldx + firstRow;
                var y = _y + (long)start * _ldy + firstColumn;
                Accumulate(x, y, count, _c + (long)firstRow * _ldc + firstColumn, outputs, columns);
            }
        }

        private void Accumulate(float* x, float* y, int count, float* c, int outputs, int columns)
        {
            var row = 0;
            if (wide && columns == 64)
            {
                for (; row + MatrixKernels.TileRows <= outputs; row += MatrixKernels.TileRows)
                {
                    MatrixKernels.OuterTile512(x + row, _ldx, y, _ldy, count, c + (long)row * _ldc, _ldc);
                }
            }

            for (var column = 0; row < outputs && column < columns; column += 16)
            {
                if (wide)
                {
                    MatrixKernels.OuterNarrow<Lanes512>(x + row, _ldx, y + column, _ldy, outputs - row, count, c + (long)row * _ldc + column, _ldc);
                }
                else
                {
                    MatrixKernels.OuterNarrow<Lanes256>(x + row, _ldx, y + column, _ldy, outputs - row, count, c + (long)row * _ldc + column, _ldc);
                }
            }
        }
    }
}
