using System.Runtime.Intrinsics;

namespace Tempera.Model.Oracles.Rna;

/// <content>Completing a column: its final energies, and the long bulges and loops that it opens.</content>
internal sealed unsafe partial class DuplexColumns
{
    private readonly AlignedShorts _opened;
    private readonly int[] _lowestOpened = new int[Kinds];

    /// <summary>
    /// Completes column l once letter l - 1 is known: takes its final energies into the best, stores what 2 x 3 loops open
    /// from, and pushes long loops to the columns below.
    /// </summary>
    private void Complete(int l)
    {
        var column = Column(l);
        var end = _tables.End(_letters[l], l == 1 ? DuplexTables.NoNeighbour : _letters[l - 1]);
        var lowest = Vector256.Create(DuplexTables.Unreachable);
        var best = lowest;
        for (var i = 0; i < _width; i += DuplexTables.Lanes)
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

        // What the columns above pushed is inherited; row 0 is the shared unreachable one.
        var own = _pushedRow.AsSpan(l * Slots, Kinds * l);
        if (l == _length)
        {
            own.Clear();
        }
        else
        {
            _pushedRow.AsSpan((l + 1) * Slots, Kinds * l).CopyTo(own);
        }

        Push(l, Lowest(lowest));
    }

    private void OpenTwoByThree(int l)
    {
        var column = Column(l);
        var opened = _twoByThree.Pointer + l * _stride + Padding;
        var open = _tables.Open(LoopKind.TwoByThree, Code(l - 1) & 15);
        var size = Vector256.Create((short)_tables.LoopSizes.TwoByThree);
        for (var i = 0; i < _width; i += DuplexTables.Lanes)
        {
            (Vector256.Load(column + i) + Vector256.Load(open + i) + size).Store(opened + i);
        }
    }

    /// <summary>Pushes from column l, whose lowest energy is given, every long loop that could matter.</summary>
    private void Push(int l, int lowest)
    {
        var (sizes, bounds) = (_tables.LoopSizes, _tables.Bounds);
        var opened = false;
        for (var j = l - 1; j >= 1; j--)
        {
            var n2 = l - 1 - j;
            for (var kind = LoopKind.Bulge; kind <= LoopKind.Generic; kind++)
            {
                // A loop matters if it beats both a new start at the pair that closes it and the best energy known.
                var limit = Math.Min(bounds.BestStart[(int)kind], _best[l] - _remaining[j] - bounds.LowestClose[(int)kind]);
                var size = kind == LoopSizeTables.Kind(n2) ? sizes.Lowest[n2] : kind switch
                {
                    LoopKind.Bulge => sizes.Bulge[n2],
                    LoopKind.OneByN => sizes.OneByN[n2],
                    _ => DuplexTables.Unreachable,
                };
                if (lowest + bounds.LowestOpen[(int)kind] + size >= limit)
                {
                    continue;
                }

                if (!opened)
                {
                    Open(l);
                    opened = true;
                }

                limit -= _lowestOpened[(int)kind];
                if (size < limit)
                {
                    Push(l, j, kind, size, limit);
                }
            }
        }
    }

    private void Open(int l)
    {
        var column = Column(l);
        for (var kind = LoopKind.Bulge; kind <= LoopKind.Generic; kind++)
        {
            var open = _tables.Open(kind, Code(l - 1) & 15);
            var opened = Opened(kind);
            var lowest = Vector256.Create(DuplexTables.Unreachable);
            for (var i = 0; i < _width; i += DuplexTables.Lanes)
            {
                var energy = Vector256.Load(column + i) + Vector256.Load(open + i);
                lowest = Vector256.Min(lowest, energy);
                energy.Store(opened + i);
            }

            _lowestOpened[(int)kind] = Lowest(lowest);
        }
    }

    private void Push(int l, int j, LoopKind kind, int size, int limit)
    {
        var n2 = l - 1 - j;
        var target = Writable(l, j, kind);
        if (kind != LoopSizeTables.Kind(n2))
        {
            PushOne(Opened(kind) - (int)kind - 1, target, (short)size);
            return;
        }

        var lowest = _tables.LoopSizes.GroupLowest.AsSpan(n2 * LoopSizeTables.Groups, LoopSizeTables.Groups);
        for (var group = 0; group < lowest.Length; group++)
        {
            if (lowest[group] < limit)
            {
                var n1 = LoopSizeTables.First + group * LoopSizeTables.Group;
                PushGroup(Opened(kind) - n1 - 1, target, _tables.LoopSizes.Sizes(n2, group));
            }
        }
    }

    /// <summary>Loops of one size from all opening positions: bulges of the designed strand (n1 = 0) and loops 1 x n.</summary>
    private void PushOne(short* opened, short* target, short size)
    {
        var energy = Vector256.Create(size);
        for (var i = 0; i < _width; i += DuplexTables.Lanes)
        {
            Vector256.Min(Vector256.Load(target + i), Vector256.Load(opened + i) + energy).Store(target + i);
        }
    }

    /// <summary>Loops of four successive n1 from all opening positions.</summary>
    private void PushGroup(short* opened, short* target, ReadOnlySpan<short> sizes)
    {
        var size0 = Vector256.Create(sizes[0]);
        var size1 = Vector256.Create(sizes[1]);
        var size2 = Vector256.Create(sizes[2]);
        var size3 = Vector256.Create(sizes[3]);
        var width = _width;
        for (var i = 0; i < width; i += DuplexTables.Lanes)
        {
            var low = Vector256.Min(Vector256.Load(opened + i) + size0, Vector256.Load(opened + i - 1) + size1);
            var high = Vector256.Min(Vector256.Load(opened + i - 2) + size2, Vector256.Load(opened + i - 3) + size3);
            Vector256.Min(Vector256.Load(target + i), Vector256.Min(low, high)).Store(target + i);
        }
    }

    private short* Opened(LoopKind kind) => _opened.Pointer + (int)kind * (_width + OpenedPadding) + OpenedPadding;

    /// <summary>The row of what columns from l on push to column j: copied before the first write where others still read it.</summary>
    private short* Writable(int l, int j, LoopKind kind)
    {
        var slot = j * Kinds + (int)kind;
        ref var row = ref _pushedRow[l * Slots + slot];
        var own = 1 + (_shared ? l * Slots : 0) + slot;
        var target = _pushed.Pointer + (nint)own * _width;
        if (row != own)
        {
            var from = _pushed.Pointer + (nint)row * _width;
            for (var i = 0; i < _width; i += DuplexTables.Lanes)
            {
                Vector256.Load(from + i).Store(target + i);
            }

            row = own;
        }

        return target;
    }
}
