using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tempera.Model.Spaces;

namespace Tempera.Model.Oracles.Trees;

/// <summary>
/// Scores strings by gradient-boosted regression trees on their one-hot code: baseline + sum over trees of a leaf's value, added
/// in the order of the trees in double precision.
/// </summary>
/// <remarks>
/// A tree has at most 32 leaves, one bit each. For every position and block a mask has the leaves that this block at this
/// position leaves possible; the masks of all positions, ANDed, leave exactly the leaf of the string. So a string costs a few
/// vector instructions and one look-up a tree, without a branch. After Lucchese et al. 2015 (QuickScorer). Thread safe; a call
/// allocates nothing.
/// </remarks>
public sealed class BoostedTreesOracle : IOracle
{
    private const int MaxTrees = 1024;

    private readonly BoostedTrees _model;
    private readonly uint[] _masks;
    private readonly double[] _values;
    private readonly int _stride;
    private readonly int _bits;

    /// <summary>Compiles a model.</summary>
    /// <param name="version">Name and version, with what identifies the model.</param>
    /// <param name="model">The trees.</param>
    /// <exception cref="ArgumentException">The model has more than 1,024 trees, or a tree more than 32 leaves.</exception>
    public BoostedTreesOracle(string version, BoostedTrees model)
    {
        if (model.Trees.Count > MaxTrees || model.Trees.Any(static tree => tree.LeafCount > RegressionTree.MaxLeaves))
        {
            throw new ArgumentException(
                $"A model has at most {MaxTrees} trees of at most {RegressionTree.MaxLeaves} leaves; received {model.Trees.Count} trees of up to {model.Trees.Max(static tree => tree.LeafCount)} leaves. Use a smaller model.", nameof(model));
        }

        (Version, _model, _bits) = (version, model, PackedSequence.BitsPerSymbol(model.Blocks));
        _stride = (model.Trees.Count + Vector<uint>.Count - 1) / Vector<uint>.Count * Vector<uint>.Count;
        _masks = new uint[model.Positions * model.Blocks * _stride];
        _values = new double[model.Trees.Count * RegressionTree.MaxLeaves];
        for (var t = 0; t < model.Trees.Count; t++)
        {
            model.Trees[t].LeafValues.CopyTo(_values.AsSpan(t * RegressionTree.MaxLeaves));
            for (var row = 0; row < model.Positions * model.Blocks; row++)
            {
                _masks[row * _stride + t] = model.Trees[t].LeavesLeft(row, model.Blocks);
            }
        }
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        Span<uint> leaves = stackalloc uint[_stride];
        for (var i = 0; i < objects.Length; i++)
        {
            var letters = (ulong)objects[i];
            Row(0, (int)letters & ((1 << _bits) - 1)).CopyTo(leaves);
            for (var position = 1; position < _model.Positions; position++)
            {
                letters >>= _bits;
                And(Row(position, (int)letters & ((1 << _bits) - 1)), leaves, leaves);
            }

            scores[i] = Sum(leaves);
        }
    }

    /// <summary>The leaves that a block at a position leaves possible <c>[tree]</c>.</summary>
    internal ReadOnlySpan<uint> Row(int position, int block) => _masks.AsSpan((position * _model.Blocks + block) * _stride, _stride);

    /// <summary>Leaves possible in both; all spans have the length of a row.</summary>
    internal static void And(ReadOnlySpan<uint> left, ReadOnlySpan<uint> right, Span<uint> both)
    {
        var a = MemoryMarshal.Cast<uint, Vector<uint>>(left);
        var b = MemoryMarshal.Cast<uint, Vector<uint>>(right);
        var c = MemoryMarshal.Cast<uint, Vector<uint>>(both);
        for (var i = 0; i < c.Length; i++)
        {
            c[i] = a[i] & b[i];
        }
    }

    /// <summary>The score where one leaf of each tree is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double Sum(ReadOnlySpan<uint> leaves)
    {
        var sum = _model.Baseline;
        for (var t = 0; t < _model.Trees.Count; t++)
        {
            sum += _values[t * RegressionTree.MaxLeaves + BitOperations.TrailingZeroCount(leaves[t])];
        }

        return sum;
    }
}
