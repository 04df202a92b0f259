using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tempera.Model.Spaces;

/// <summary>
/// Cells of a grid of D dimensions and side H, reached from the origin by steps of +1 in one coordinate; a stop makes the
/// terminal copy of a cell.
/// </summary>
/// <remarks>
/// <para>Packed: coordinate i in bits [8 i, 8 i + 8), terminal flag in bit 127. Children: +1 in each coordinate below H - 1, in
/// order, then the terminal copy. Parents of a terminal object: its cell; of a cell: -1 in each coordinate above 0.</para>
/// <para>Action i of 0..D - 1 steps in coordinate i and D stops, forwards and backwards alike. Features: one-hot coordinates,
/// i H + value, and D H for the terminal flag. Bengio et al. 2021 (arXiv 2106.04399), section 4.1.</para>
/// </remarks>
public sealed class HypergridSpace : IPositionalSpace
{
    private const int CoordinateBits = 8;
    private const int MostDimensions = 120 / CoordinateBits;
    private static readonly UInt128 TerminalFlag = UInt128.One << 127;

    private readonly int _dims;
    private readonly int _side;

    /// <summary>The grid of <paramref name="dims"/> dimensions, <paramref name="side"/> cells along each.</summary>
    /// <exception cref="ArgumentException">Dimensions are not 1 to 15, or the side not 2 to 256.</exception>
    public HypergridSpace(int dims, int side)
    {
        if (dims is < 1 or > MostDimensions)
        {
            throw new ArgumentException($"A hypergrid has 1 to {MostDimensions} dimensions; received {dims}. Choose fewer.", nameof(dims));
        }

        if (side is < 2 or > 1 << CoordinateBits)
        {
            throw new ArgumentException($"A hypergrid has a side of 2 to 256 cells; received {side}. Choose a side in this range.", nameof(side));
        }

        (_dims, _side) = (dims, side);
        Name = $"hypergrid of {dims} dimensions and side {side}";
    }

    /// <summary>Dimensions D.</summary>
    public int Dimensions => _dims;

    /// <summary>Cells along each dimension, H.</summary>
    public int Side => _side;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int MaxSteps => _dims * (_side - 1) + 1;

    /// <inheritdoc/>
    public int MaxChildren => _dims + 1;

    /// <inheritdoc/>
    public int MaxParents => _dims;

    /// <inheritdoc/>
    public int FeatureCount => _dims * _side + 1;

    /// <inheritdoc/>
    public int MaxActiveFeatures => _dims + 1;

    /// <inheritdoc/>
    public int ForwardActionCount => _dims + 1;

    /// <inheritdoc/>
    public int BackwardActionCount => _dims + 1;

    /// <inheritdoc/>
    public UInt128 Root => UInt128.Zero;

    /// <inheritdoc/>
    public double LogObjectCount => _dims * Math.Log(_side);

    /// <inheritdoc/>
    public int MaxNeighbours => _side == 2 ? _dims : 2 * _dims;

    /// <summary>Coordinate <paramref name="dimension"/> of a state.</summary>
    public static int Coordinate(UInt128 state, int dimension) => (byte)(ulong)(state >> (dimension * CoordinateBits));

    /// <inheritdoc/>
    public bool IsTerminal(UInt128 state) => (state & TerminalFlag) != UInt128.Zero;

    /// <inheritdoc/>
    public int GetChildren(UInt128 state, Span<UInt128> children)
    {
        var (count, step) = (0, UInt128.One);
        for (var i = 0; i < _dims; i++, step <<= CoordinateBits)
        {
            if (Coordinate(state, i) < _side - 1)
            {
                children[count++] = state + step;
            }
        }

        children[count] = state | TerminalFlag;
        return count + 1;
    }

    /// <inheritdoc/>
    public int GetParents(UInt128 state, Span<UInt128> parents)
    {
        if (IsTerminal(state))
        {
            parents[0] = state ^ TerminalFlag;
            return 1;
        }

        var (count, step) = (0, UInt128.One);
        for (var i = 0; i < _dims; i++, step <<= CoordinateBits)
        {
            if (Coordinate(state, i) > 0)
            {
                parents[count++] = state - step;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public int GetForwardActions(UInt128 state, Span<int> actions, Span<int> children)
    {
        var count = 0;
        for (var i = 0; i < _dims; i++)
        {
            if (Coordinate(state, i) < _side - 1)
            {
                (actions[count], children[count]) = (i, count);
                count++;
            }
        }

        (actions[count], children[count]) = (_dims, count);
        return count + 1;
    }

    /// <inheritdoc/>
    public int GetBackwardActions(UInt128 state, Span<int> actions, Span<int> parents)
    {
        if (IsTerminal(state))
        {
            (actions[0], parents[0]) = (_dims, 0);
            return 1;
        }

        var count = 0;
        for (var i = 0; i < _dims; i++)
        {
            if (Coordinate(state, i) > 0)
            {
                (actions[count], parents[count]) = (i, count);
                count++;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public int GetFeatures(UInt128 state, Span<int> active)
    {
        for (var i = 0; i < _dims; i++)
        {
            active[i] = i * _side + Coordinate(state, i);
        }

        if (!IsTerminal(state))
        {
            return _dims;
        }

        active[_dims] = _dims * _side;
        return _dims + 1;
    }

    /// <inheritdoc/>
    public int Positions => _dims;

    /// <inheritdoc/>
    public int Digits => _side;

    /// <inheritdoc/>
    public void GetDigits(UInt128 terminal, Span<int> digits)
    {
        for (var i = 0; i < _dims; i++)
        {
            digits[i] = Coordinate(terminal, i);
        }
    }

    /// <inheritdoc/>
    public UInt128 FromDigits(ReadOnlySpan<int> digits)
    {
        var cell = TerminalFlag;
        for (var i = 0; i < _dims; i++)
        {
            cell |= (UInt128)(uint)digits[i] << (i * CoordinateBits);
        }

        return cell;
    }

    /// <inheritdoc/>
    public string Format(UInt128 terminal) =>
        string.Join(',', Enumerable.Range(0, _dims).Select(i => Coordinate(terminal, i).ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public bool TryParse(string text, out UInt128 terminal, [NotNullWhen(false)] out string? error)
    {
        terminal = default;
        error = null;
        var parts = text.Split(',');
        if (parts.Length != _dims)
        {
            error = $"A cell has {_dims} coordinates separated by commas; received {parts.Length} in '{text}'. Give one number a dimension.";
            return false;
        }

        var cell = TerminalFlag;
        for (var i = 0; i < _dims; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
                || value >= _side)
            {
                error = $"A coordinate is a whole number from 0 to {_side - 1}; received '{parts[i]}' as number {i + 1}. Correct it.";
                return false;
            }

            cell |= (UInt128)(uint)value << (i * CoordinateBits);
        }

        terminal = cell;
        return true;
    }

    /// <inheritdoc/>
    public IEnumerable<UInt128> EnumerateObjects()
    {
        var (cell, dimension) = (TerminalFlag, 0);
        while (dimension >= 0)
        {
            yield return cell;
            for (dimension = _dims - 1; dimension >= 0; dimension--)
            {
                var shift = dimension * CoordinateBits;
                if (Coordinate(cell, dimension) < _side - 1)
                {
                    cell += UInt128.One << shift;
                    break;
                }

                cell -= (UInt128)(uint)(_side - 1) << shift;
            }
        }
    }

    /// <inheritdoc/>
    public int GetNeighbours(UInt128 terminal, Span<UInt128> neighbours)
    {
        var (count, step) = (0, UInt128.One);
        for (var i = 0; i < _dims; i++, step <<= CoordinateBits)
        {
            var value = Coordinate(terminal, i);
            if (value > 0)
            {
                neighbours[count++] = terminal - step;
            }

            if (value < _side - 1)
            {
                neighbours[count++] = terminal + step;
            }
        }

        return count;
    }
}
