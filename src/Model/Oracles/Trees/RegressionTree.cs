using System.Runtime.InteropServices;

namespace Tempera.Model.Oracles.Trees;

/// <summary>One regression tree over a one-hot code; its leaves are numbered from left to right.</summary>
public sealed class RegressionTree
{
    /// <summary>Most leaves a tree can be compiled with.</summary>
    public const int MaxLeaves = 32;

    private const int IsLeaf = -1;

    private readonly int[] _features;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly (int First, int End)[] _leaves;
    private readonly List<double> _leafValues = [];

    /// <summary>A tree from parallel arrays; node 0 is the root.</summary>
    /// <param name="features">Feature tested by a node; -1 marks a leaf.</param>
    /// <param name="left">Child where the feature is 0.</param>
    /// <param name="right">Child where the feature is 1.</param>
    /// <param name="values">Value of a leaf.</param>
    /// <exception cref="ArgumentException">The arrays are no tree.</exception>
    public RegressionTree(int[] features, int[] left, int[] right, double[] values)
    {
        (_features, _left, _right) = (features, left, right);
        _leaves = new (int, int)[features.Length];
        var nodes = left.Length == features.Length && right.Length == features.Length && values.Length == features.Length ? Number(0, values, 0) : 0;
        if (nodes != features.Length || nodes == 0)
        {
            throw new ArgumentException($"A tree is given by parallel arrays in which every node but the root has one parent; received {features.Length} nodes of which {nodes} can be reached. Correct the arrays.");
        }
    }

    /// <summary>Number of leaves.</summary>
    public int LeafCount => _leafValues.Count;

    /// <summary>Values of the leaves, from left to right.</summary>
    public ReadOnlySpan<double> LeafValues => CollectionsMarshal.AsSpan(_leafValues);

    /// <summary>
    /// The leaves that stay possible, as bits, when of the features of one position only <paramref name="feature"/> is 1.
    /// </summary>
    /// <param name="feature">position * blocks + block.</param>
    /// <param name="blocks">Features of a position.</param>
    internal uint LeavesLeft(int feature, int blocks)
    {
        var possible = uint.MaxValue;
        for (var node = 0; node < _features.Length; node++)
        {
            if (_features[node] != IsLeaf && _features[node] / blocks == feature / blocks)
            {
                var (first, end) = _leaves[_features[node] == feature ? _left[node] : _right[node]];
                possible &= ~(uint)(((1UL << end) - 1) ^ ((1UL << first) - 1));
            }
        }

        return possible;
    }

    // Numbers the leaves below a node; returns how many nodes there are. A cycle shows as more nodes than there can be.
    private int Number(int node, double[] values, int depth)
    {
        if (node < 0 || node >= _features.Length || depth > _features.Length)
        {
            throw new ArgumentException($"A node of a tree is 0 to {_features.Length - 1} and has no cycle below it; received node {node} at depth {depth}. Correct the arrays.");
        }

        var first = _leafValues.Count;
        var nodes = 1;
        if (_features[node] == IsLeaf)
        {
            _leafValues.Add(values[node]);
        }
        else
        {
            nodes += Number(_left[node], values, depth + 1) + Number(_right[node], values, depth + 1);
        }

        _leaves[node] = (first, _leafValues.Count);
        return nodes;
    }
}
