using Tempera.Model.Networks;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// The first layer on binary features: h = LeakyReLU( b + sum of the weight rows of the active features [+ context row] ).
/// Rows are added once and their features remembered for the backward pass. Only weight rows of features that a pass has are taken,
/// cleared and added to, whatever the number of features.
/// </summary>
internal sealed unsafe class SparseLayer : IDisposable
{
    private const int BlockStates = 64;
    private const int BlockColumns = 64;
    private readonly NetworkParameters _parameters;
    private readonly LinearSlots _slots;
    private readonly IDesignSpace _space;
    private readonly WorkerTeam _team;
    private readonly int _padded;
    private readonly AlignedBuffer _weight;
    private readonly AlignedBuffer _weightGradient;
    private readonly ForwardJob _forward;
    private readonly BackwardJob _backward;
    private readonly int _maxActive;
    private readonly int[] _takenAt;
    private readonly int[] _usedAt;
    private readonly List<int> _used = [];
    private int[] _features;
    private int[] _counts = new int[1024];
    private int _version;
    private int _pass = 1;

    public SparseLayer(NetworkParameters parameters, LinearSlots slots, IDesignSpace space, WorkerTeam team, bool wide)
    {
        (_parameters, _slots, _space, _team) = (parameters, slots, space, team);
        _padded = PackedMatrix.Pad(slots.Bias.Columns);
        Stride = MatrixProducts.Stride(_padded);
        _maxActive = Math.Max(1, space.MaxActiveFeatures);
        _features = new int[1024 * _maxActive];
        (_takenAt, _usedAt) = (new int[space.FeatureCount], new int[space.FeatureCount]);

        // One more row than features: the bias, so that it is read and its gradient written like a feature that is always on.
        _weight = new AlignedBuffer((long)(space.FeatureCount + 1) * _padded);
        _weightGradient = new AlignedBuffer((long)(space.FeatureCount + 1) * _padded);
        _forward = new ForwardJob(this, wide);
        _backward = new BackwardJob(this, wide);
    }

    /// <summary>Row stride of activations and of their gradients.</summary>
    public int Stride { get; }

    /// <summary>Activations <c>[row, H]</c>.</summary>
    public AlignedBuffer Activations { get; } = new();

    /// <summary>The weights have changed: those of a feature are taken when a state has it. A new pass begins.</summary>
    public void Refresh()
    {
        _version++;
        Take(_space.FeatureCount, _slots.Bias.Offset);
        Begin();
    }

    /// <summary>Forgets which features the rows so far have.</summary>
    public void Begin()
    {
        _pass++;
        _used.Clear();
    }

    /// <summary>Remembers the features of a state as those of a row.</summary>
    public void SetRow(int row, UInt128 state)
    {
        if (row >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(row + 1, 2 * _counts.Length));
            Array.Resize(ref _features, _counts.Length * _maxActive);
        }

        _counts[row] = _space.GetFeatures(state, _features.AsSpan(row * _maxActive, _maxActive));
        foreach (var feature in Features(row))
        {
            if (_usedAt[feature] != _pass)
            {
                Use(feature);
            }
        }
    }

    /// <summary>Computes the activations of rows [first, end). A context row, where given, is added before the activation.</summary>
    public void Forward(int first, int end, float* contexts, ReadOnlySpan<int> contextOfRow)
    {
        Activations.Ensure((long)end * Stride);
        _forward.Set(first, end, contexts, contextOfRow);
        _team.Run(_forward, (end - first + BlockStates - 1) / BlockStates);
    }

    /// <summary>
    /// Turns the gradient of the activations of rows [0, rows) into that of the pre-activations, in place, and adds the
    /// parameters' gradients.
    /// </summary>
    public void Backward(float* gradient, int rows)
    {
        foreach (var feature in _used)
        {
            _weightGradient.Clear((long)feature * _padded, _padded);
        }

        _weightGradient.Clear((long)_space.FeatureCount * _padded, _padded);
        _backward.Set(gradient, rows);
        _team.Run(_backward, (_padded + BlockColumns - 1) / BlockColumns);
        var width = _slots.Bias.Columns;
        foreach (var feature in _used)
        {
            Rows.Add(_parameters.Gradient.AsSpan(_slots.Weight.Offset + (feature * width), width), _weightGradient.Pointer + ((long)feature * _padded));
            _parameters.Lazy?.MarkIfReached(_parameters.Gradient, feature);
        }

        Rows.Add(_parameters.Gradient.AsSpan(_slots.Bias.Offset, width), _weightGradient.Pointer + ((long)_space.FeatureCount * _padded));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _weightGradient.Dispose();
        Activations.Dispose();
    }

    private void Use(int feature)
    {
        _usedAt[feature] = _pass;
        _used.Add(feature);
        if (_takenAt[feature] != _version)
        {
            _takenAt[feature] = _version;
            Take(feature, _slots.Weight.Offset + (feature * _slots.Bias.Columns));
        }
    }

    private void Take(int row, int offset) =>
        _parameters.Values.AsSpan(offset, _slots.Bias.Columns).CopyTo(new Span<float>(_weight.Pointer + ((long)row * _padded), _slots.Bias.Columns));

    private ReadOnlySpan<int> Features(int row) => _features.AsSpan(row * _maxActive, _counts[row]);

    private sealed class ForwardJob(SparseLayer layer, bool wide) : IBlockJob
    {
        private int _first;
        private int _end;
        private float* _contexts;
        private int[] _contextOfRow = [];

        public void Set(int first, int end, float* contexts, ReadOnlySpan<int> contextOfRow)
        {
            (_first, _end) = (first, end);
            _contexts = contexts;
            if (contexts is null)
            {
                return;
            }

            if (_contextOfRow.Length < end)
            {
                _contextOfRow = new int[2 * end];
            }

            contextOfRow[..end].CopyTo(_contextOfRow);
        }

        public void Execute(int block)
        {
            var first = _first + (block * BlockStates);
            var end = Math.Min(_end, first + BlockStates);
            for (var row = first; row < end; row++)
            {
                var context = _contexts is null ? null : _contexts + ((long)_contextOfRow[row] * layer.Stride);
                if (wide)
                {
                    Row<Lanes512>(row, context);
                }
                else
                {
                    Row<Lanes256>(row, context);
                }
            }
        }

        private void Row<TLanes>(int row, float* context)
            where TLanes : struct, ILanes<TLanes>
        {
            var features = layer.Features(row);
            var target = layer.Activations.Pointer + ((long)row * layer.Stride);
            var bias = layer._weight.Pointer + ((long)layer._space.FeatureCount * layer._padded);
            var slope = TLanes.Broadcast(SimdEngine.Slope);
            for (var j = 0; j < layer._padded; j += 16)
            {
                var sum = TLanes.Load(bias + j);
                foreach (var feature in features)
                {
                    sum = TLanes.Add(sum, TLanes.Load(layer._weight.Pointer + ((long)feature * layer._padded) + j));
                }

                if (context is not null)
                {
                    sum = TLanes.Add(sum, TLanes.Load(context + j));
                }

                TLanes.Store(target + j, TLanes.LeakyRelu(sum, slope));
            }
        }
    }

    private sealed class BackwardJob(SparseLayer layer, bool wide) : IBlockJob
    {
        private float* _gradient;
        private int _rows;

        public void Set(float* gradient, int rows)
        {
            _gradient = gradient;
            _rows = rows;
        }

        public void Execute(int block)
        {
            var first = block * BlockColumns;
            var end = Math.Min(layer._padded, first + BlockColumns);
            if (wide)
            {
                Columns<Lanes512>(first, end);
            }
            else
            {
                Columns<Lanes256>(first, end);
            }
        }

        private void Columns<TLanes>(int first, int end)
            where TLanes : struct, ILanes<TLanes>
        {
            var slope = TLanes.Broadcast(SimdEngine.Slope);
            var sums = layer._weightGradient.Pointer;
            for (var row = 0; row < _rows; row++)
            {
                var features = layer.Features(row);
                var at = (long)row * layer.Stride;
                for (var j = first; j < end; j += 16)
                {
                    var g = TLanes.LeakyReluGradient(TLanes.Load(_gradient + at + j), TLanes.Load(layer.Activations.Pointer + at + j), slope);
                    TLanes.Store(_gradient + at + j, g);
                    foreach (var feature in features)
                    {
                        var sum = sums + ((long)feature * layer._padded) + j;
                        TLanes.Store(sum, TLanes.Add(TLanes.Load(sum), g));
                    }

                    var bias = sums + ((long)layer._space.FeatureCount * layer._padded) + j;
                    TLanes.Store(bias, TLanes.Add(TLanes.Load(bias), g));
                }
            }
        }
    }
}
