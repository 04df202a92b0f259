using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tempera.Model.Oracles.Rna;

/// <content>Completing a column: its final energies, and the long bulges and loops that it opens.</content>
internal sealed unsafe partial class DuplexColumns
{
    private readonly AlignedShorts _scratch;
    private readonly int[] _limits;
    private readonly int[] _limitsFromLeft;
    private readonly int[] _targets;

    /// <summary>
    /// Completes column l once letter l - 1 is known: takes its final energies into the best, stores what 2 x 3 loops open
    /// from, and pushes long loops to the columns below.
    /// </summary>
    private void Complete(int l)
    {
        var tables = _tables;
        var width = _width;
        var column = Column(l);
        var end = tables.End(_letters[l], l == 1 ? DuplexTables.NoNeighbour : _letters[l - 1]);
        var lowest = Vector256.Create(DuplexTables.Unreachable);
        var best = lowest;
        for (var i = 0; i < width; i += DuplexTables.Lanes)
        {
            lowest = Vector256.Min(lowest, Vector256.Load(column + i));
            best = Least(best, column, end, i);
        }

        _best[l] = Math.Min(_best[l + 1], Lowest(best));
        if (l == 1)
        {
            return;
        }

        if (l > 3)
        {
            OpenTwoByThree(l);
        }

        // What columns above pushed is inherited; a row of 0 is the shared unreachable one.
        var from = _pushedRow.AsSpan((l + 1) * Slots, Kinds * l);
        var to = _pushedRow.AsSpan(l * Slots, Kinds * l);
        if (l == _length)
        {
            to.Clear();
        }
        else
        {
            from.CopyTo(to);
        }

        Push(l, Lowest(lowest));
    }

    private void OpenTwoByThree(int l)
    {
        var column = Column(l);
        var opened = Openings(l);
        var open = _tables.Open(LoopKind.TwoByThree, Code(l - 1) & 15);
        var size = Vector256.Create((short)_tables.LoopSizes.TwoByThree);
        for (var i = 0; i < _width; i += DuplexTables.Lanes)
        {
            (Vector256.Load(column + i) + Vector256.Load(open + i) + size).Store(opened + i);
        }
    }

    /// <summary>The energy, before the closing term, at and above which a loop that closes at column j cannot matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Limit(LoopKind kind, int l, int j)
    {
        var bounds = _tables.Bounds;
        return Math.Min(bounds.BestStart[(int)kind], _best[l] - _remaining[j] - bounds.LowestClose[(int)kind]);
    }

    private void Push(int l, int lowest)
    {
        var (sizes, bounds) = (_tables.LoopSizes, _tables.Bounds);
        var any = false;

        // Limits on an opening energy, by the column where the loop closes: row n2 = l - 1 - j of the size tables.
        var running = int.MinValue;
        for (var j = 1; j < l; j++)
        {
            var n2 = l - 1 - j;
            var kind = LoopSizeTables.Kind(n2);
            var limit = Limit(kind, l, j) - sizes.Lowest[n2];
            _limits[j] = limit;
            if (n2 > 1)
            {
                running = Math.Max(running, limit);
                _limitsFromLeft[j] = running;
            }

            if (lowest + bounds.LowestOpen[(int)kind] < limit)
            {
                _targets[j] = Writable(l, j, kind);
                any = true;
            }
        }

        if (any)
        {
            OpenScratch(l);
            PushSparse(l);
        }

        PushDense(l, lowest, any);
    }

    private void OpenScratch(int l)
    {
        var column = Column(l);
        var code = Code(l - 1) & 15;
        for (var kind = LoopKind.Bulge; kind <= LoopKind.Generic; kind++)
        {
            var open = _tables.Open(kind, code);
            var opened = Scratch(kind);
            for (var i = 0; i < _width; i += DuplexTables.Lanes)
            {
                (Vector256.Load(column + i) + Vector256.Load(open + i)).Store(opened + i);
            }
        }
    }

    /// <summary>Pushes loops with two or more unpaired target bases, one opening position at a time.</summary>
    private void PushSparse(int l)
    {
        var bulges = Vector256.Create((short)_limits[l - 1]);
        var oneByN = Vector256.Create((short)(l > 2 ? _limits[l - 2] : -DuplexTables.Unreachable));
        var generic = Vector256.Create((short)(l > 3 ? _limitsFromLeft[l - 3] : -DuplexTables.Unreachable));
        var opened0 = Scratch(LoopKind.Bulge);
        var opened1 = Scratch(LoopKind.OneByN);
        var opened2 = Scratch(LoopKind.Generic);
        for (var block = 0; block < _width; block += DuplexTables.Lanes)
        {
            var mask0 = Vector256.LessThan(Vector256.Load(opened0 + block), bulges).ExtractMostSignificantBits();
            var mask1 = Vector256.LessThan(Vector256.Load(opened1 + block), oneByN).ExtractMostSignificantBits();
            var mask2 = Vector256.LessThan(Vector256.Load(opened2 + block), generic).ExtractMostSignificantBits();
            for (; mask0 != 0; mask0 &= mask0 - 1)
            {
                var at = block + System.Numerics.BitOperations.TrailingZeroCount(mask0);
                PushWindow(l - 1, 0, at, opened0[at]);
            }

            for (; mask1 != 0; mask1 &= mask1 - 1)
            {
                var at = block + System.Numerics.BitOperations.TrailingZeroCount(mask1);
                PushWindow(l - 2, 1, at, opened1[at]);
            }

            for (; mask2 != 0; mask2 &= mask2 - 1)
            {
                var at = block + System.Numerics.BitOperations.TrailingZeroCount(mask2);
                var energy = opened2[at];
                for (var j = l - 3; j >= 1 && energy < _limitsFromLeft[j]; j--)
                {
                    if (energy < _limits[j])
                    {
                        PushWindow(j, l - 1 - j, at, energy);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushWindow(int j, int n2, int at, short energy)
    {
        var sizes = _tables.LoopSizes;
        var offset = n2 * LoopSizeTables.Stride + LoopSizeTables.Padding - (at + 1);
        var size = sizes.Sizes.Pointer + offset;
        var tail = sizes.Tails.Pointer + offset;
        var target = _pushed.Pointer + (nint)_targets[j] * _width;
        var opened = Vector256.Create(energy);
        var limit = _limits[j] + sizes.Lowest[n2] - energy;

        // Whole vectors aligned with the row: a later push to the same row then reads exactly what an earlier one wrote.
        for (var i = (at + 3) & -DuplexTables.Lanes; i < _width && tail[i] < limit; i += DuplexTables.Lanes)
        {
            Vector256.Min(Vector256.Load(target + i), opened + Vector256.Load(size + i)).Store(target + i);
        }
    }

    /// <summary>Pushes loops with no or one unpaired target base, all opening positions at once.</summary>
    private void PushDense(int l, int lowest, bool opened)
    {
        var (sizes, bounds) = (_tables.LoopSizes, _tables.Bounds);
        for (var j = 1; j < l - 2; j++)
        {
            var n2 = l - 1 - j;
            for (var n1 = 0; n1 < 2; n1++)
            {
                var kind = (LoopKind)n1;
                var size = n1 == 0 ? sizes.DenseBulge[n2] : sizes.DenseOneByN[n2];
                if (lowest + bounds.LowestOpen[n1] + size >= Limit(kind, l, j))
                {
                    continue;
                }

                if (!opened)
                {
                    OpenScratch(l);
                    opened = true;
                }

                var target = _pushed.Pointer + (nint)Writable(l, j, kind) * _width;
                var from = Scratch(kind) - n1 - 1;
                var sizeVector = Vector256.Create(size);
                for (var i = 0; i < _width; i += DuplexTables.Lanes)
                {
                    Vector256.Min(Vector256.Load(target + i), Vector256.Load(from + i) + sizeVector).Store(target + i);
                }
            }
        }
    }

    private short* Scratch(LoopKind kind) => _scratch.Pointer + (int)kind * _stride + Padding;

    /// <summary>The row of what columns from l on push to column j: copied before the first write where others still read it.</summary>
    private int Writable(int l, int j, LoopKind kind)
    {
        var slot = j * Kinds + (int)kind;
        ref var row = ref _pushedRow[l * Slots + slot];
        var own = 1 + (_shared ? l * Slots : 0) + slot;
        if (row != own)
        {
            var from = _pushed.Pointer + (nint)row * _width;
            var to = _pushed.Pointer + (nint)own * _width;
            for (var i = 0; i < _width; i += DuplexTables.Lanes)
            {
                Vector256.Load(from + i).Store(to + i);
            }

            row = own;
        }

        return own;
    }
}
