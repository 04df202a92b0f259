namespace Tempera.Model.Engines.Simd;

/// <summary>
/// Runs <see cref="EdgeKernels"/> over all edges of a pass. Forwards and for rows the work is split by rows; for children it
/// is split by children, each of which gathers its incoming edges in ascending order, so no two threads add to one place.
/// </summary>
internal sealed unsafe class SsrEdges : IDisposable
{
    private const int BlockRows = 32;
    private const int BlockChildren = 64;
    private readonly RowTable _rows;
    private readonly WorkerTeam _team;
    private readonly bool _wide;
    private readonly int _width;
    private readonly int _stride;
    private readonly int _rank;
    private readonly float[] _bias;
    private readonly AlignedBuffer _v;
    private readonly AlignedBuffer _partial = new();
    private readonly Job _score;
    private readonly Job _rowGradient;
    private readonly Job _childGradient;
    private float* _bases;
    private float* _children;
    private float* _raw;
    private float* _rowGradients;
    private float* _childGradients;
    private int _firstRow;
    private int _firstChild;
    private int _endChild;
    private int[] _firstIncoming = [];
    private int[] _incoming = [];
    private int[] _rowOfEdge = [];

    public SsrEdges(RowTable rows, WorkerTeam team, bool wide, int width, int stride, int rank)
    {
        (_rows, _team, _wide, _width, _stride, _rank) = (rows, team, wide, width, stride, rank);
        _v = new AlignedBuffer((long)width * rank);
        _bias = new float[rank];
        _score = new Job(ScoreBlock);
        _rowGradient = new Job(RowGradientBlock);
        _childGradient = new Job(ChildGradientBlock);
    }

    /// <summary>Takes the scorer's output weights <c>[H, rank]</c> and biases.</summary>
    public void Refresh(ReadOnlySpan<float> v, ReadOnlySpan<float> bias)
    {
        for (var i = 0; i < v.Length; i++)
        {
            _v.Pointer[((i % _rank) * _width) + (i / _rank)] = v[i];
        }

        bias.CopyTo(_bias);
    }

    /// <summary>Raw scores of all edges of the rows from a first one.</summary>
    public void Forward(float* bases, float* children, float* raw, int firstRow)
    {
        _bases = bases;
        _children = children;
        _raw = raw;
        _firstRow = firstRow;
        _team.Run(_score, (_rows.Count - firstRow + BlockRows - 1) / BlockRows);
    }

    /// <summary>Gradients of base(s) <c>[row, H]</c> and of c(s') <c>[state, H]</c> for states [firstChild, endChild).</summary>
    public void Backward(float* bases, float* children, float* rawGradient, float* rowGradients, float* childGradients, int firstChild, int endChild)
    {
        _bases = bases;
        _children = children;
        _raw = rawGradient;
        _rowGradients = rowGradients;
        _childGradients = childGradients;
        (_firstChild, _endChild) = (firstChild, endChild);
        IndexIncoming();
        var blocks = (_rows.Count + BlockRows - 1) / BlockRows;
        _partial.Ensure((long)blocks * _width * _rank);
        _partial.Clear(0, (long)blocks * _width * _rank);
        _team.Run(_rowGradient, blocks);
        _team.Run(_childGradient, (endChild - firstChild + BlockChildren - 1) / BlockChildren);
    }

    /// <summary>Adds the gradients of v <c>[H, rank]</c> and b of the last backward pass.</summary>
    public void AddOutputGradients(Span<float> v, Span<float> bias)
    {
        var blocks = (_rows.Count + BlockRows - 1) / BlockRows;
        for (var block = 0; block < blocks; block++)
        {
            var partial = _partial.Pointer + ((long)block * _width * _rank);
            for (var i = 0; i < v.Length; i++)
            {
                v[i] += partial[((i % _rank) * _width) + (i / _rank)];
            }
        }

        for (var k = 0; k < _rank; k++)
        {
            var sum = 0.0;
            for (var edge = 0; edge < _rows.EdgeCount; edge++)
            {
                sum += _raw[((long)edge * _rank) + k];
            }

            bias[k] += (float)sum;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _v.Dispose();
        _partial.Dispose();
    }

    private void ScoreBlock(int block)
    {
        var first = _firstRow + (block * BlockRows);
        var end = Math.Min(_rows.Count, first + BlockRows);
        var edges = _rows.FirstEdge;
        ReadOnlySpan<int> targets = _rows.TargetState;
        for (var row = first; row < end; row++)
        {
            var rowBase = _bases + ((long)row * _stride);
            for (var edge = edges[row]; edge < edges[row + 1]; edge++)
            {
                var child = _children + ((long)targets[edge] * _stride);
                for (var k = 0; k < _rank; k++)
                {
                    var v = _v.Pointer + ((long)k * _width);
                    _raw[((long)edge * _rank) + k] = _bias[k] + (_wide
                        ? EdgeKernels.Score<Lanes512>(rowBase, child, v, _width)
                        : EdgeKernels.Score<Lanes256>(rowBase, child, v, _width));
                }
            }
        }
    }

    private void RowGradientBlock(int block)
    {
        var first = block * BlockRows;
        var end = Math.Min(_rows.Count, first + BlockRows);
        var edges = _rows.FirstEdge;
        ReadOnlySpan<int> targets = _rows.TargetState;
        var partial = _partial.Pointer + ((long)block * _width * _rank);
        for (var row = first; row < end; row++)
        {
            var at = (long)row * _stride;
            var children = targets[edges[row]..edges[row + 1]];
            var du = _raw + ((long)edges[row] * _rank);
            if (_wide)
            {
                EdgeKernels.RowGradient<Lanes512>(_bases + at, _children, _stride, children, du, _v.Pointer, _width, _rank, _rowGradients + at, partial);
            }
            else
            {
                EdgeKernels.RowGradient<Lanes256>(_bases + at, _children, _stride, children, du, _v.Pointer, _width, _rank, _rowGradients + at, partial);
            }
        }
    }

    private void ChildGradientBlock(int block)
    {
        var first = _firstChild + (block * BlockChildren);
        var end = Math.Min(_endChild, first + BlockChildren);
        for (var state = first; state < end; state++)
        {
            var at = (long)state * _stride;
            var edges = _incoming.AsSpan(_firstIncoming[state], _firstIncoming[state + 1] - _firstIncoming[state]);
            if (_wide)
            {
                EdgeKernels.ChildGradient<Lanes512>(_bases, _stride, _children + at, edges, _rowOfEdge, _raw, _v.Pointer, _width, _rank, _childGradients + at);
            }
            else
            {
                EdgeKernels.ChildGradient<Lanes256>(_bases, _stride, _children + at, edges, _rowOfEdge, _raw, _v.Pointer, _width, _rank, _childGradients + at);
            }
        }
    }

    /// <summary>Lists the incoming edges of every state by a counting sort, which keeps them in ascending order.</summary>
    private void IndexIncoming()
    {
        var edges = _rows.FirstEdge;
        ReadOnlySpan<int> targets = _rows.TargetState;
        var count = _rows.EdgeCount;
        if (_firstIncoming.Length < _endChild + 2)
        {
            _firstIncoming = new int[2 * (_endChild + 2)];
        }

        if (_incoming.Length < count)
        {
            _incoming = new int[2 * count];
            _rowOfEdge = new int[2 * count];
        }

        _firstIncoming.AsSpan(0, _endChild + 2).Clear();
        for (var edge = 0; edge < count; edge++)
        {
            _firstIncoming[targets[edge] + 2]++;
        }

        for (var state = 2; state < _endChild + 2; state++)
        {
            _firstIncoming[state] += _firstIncoming[state - 1];
        }

        for (var row = 0; row < _rows.Count; row++)
        {
            for (var edge = edges[row]; edge < edges[row + 1]; edge++)
            {
                _rowOfEdge[edge] = row;
                _incoming[_firstIncoming[targets[edge] + 1]++] = edge;
            }
        }
    }

    private sealed class Job(Action<int> execute) : IBlockJob
    {
        public void Execute(int block) => execute(block);
    }
}
