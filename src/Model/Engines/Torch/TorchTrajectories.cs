using Tempera.Model.Random;
using Tempera.Model.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Draws the trajectories of batches and, where tables hold the space, keeps the last ones of each batch on the device.</summary>
internal sealed class TorchTrajectories : IDisposable
{
    private readonly IDesignSpace _space;
    private readonly StateTables? _tables;
    private readonly TorchContext _context;
    private readonly TableRollouts? _tableRollouts;
    private readonly HostRollouts _forward;
    private readonly HostRollouts _backward;
    private readonly DrawnBatches _drawn = new();
    private float[] _uniforms = [];
    private int[] _numbers = [];
    private UInt128[] _objects = [];

    public TorchTrajectories(
        IDesignSpace space, TorchPolicy forward, TorchPolicy backward, HostVisits forwardVisits, HostVisits backwardVisits, StateTables? tables, TorchContext context)
    {
        (_space, _tables, _context) = (space, tables, context);
        _tableRollouts = tables is null ? null : new TableRollouts(forward, backward, tables);
        _forward = new HostRollouts(forward, forwardVisits, context);
        _backward = new HostRollouts(backward, backwardVisits, context);
    }

    /// <summary>The objects that the next backward trajectories end in.</summary>
    public void SetObjects(ReadOnlySpan<UInt128> objects)
    {
        _objects = _objects.Length < objects.Length ? new UInt128[objects.Length] : _objects;
        objects.CopyTo(_objects);
    }

    /// <summary>Draws with P_F. With tables the host's copy waits for <see cref="Fetch"/>.</summary>
    public void DrawForward(TrajectoryBatch batch, float epsilon, RandomStream random)
    {
        using var grad = torch.no_grad();
        using var scope = NewDisposeScope();
        var (betas, uniforms) = Inputs(batch, random);
        if (_tableRollouts is not null)
        {
            batch.Version++;
            _drawn.Add(batch, _tableRollouts.Forward(betas, uniforms, epsilon));
            return;
        }

        Start(batch, 0, static (space, _) => space.Root);
        _forward.Walk(
            batch.Count, batch.MaxSteps, betas, uniforms, epsilon,
            (k, b) => batch.Lengths[b] == k && !_space.IsTerminal(batch.Trajectory(b)[k]) ? batch.Trajectory(b)[k] : null,
            static k => k,
            (k, b, target) => (batch.Trajectory(b)[k + 1], batch.Lengths[b]) = (target, k + 1));
        batch.Version++;
    }

    /// <summary>Draws with P_B from the objects set before. With tables the host's copy waits for <see cref="Fetch"/>.</summary>
    public void DrawBackward(TrajectoryBatch batch, RandomStream random)
    {
        using var grad = torch.no_grad();
        using var scope = NewDisposeScope();
        var (betas, uniforms) = Inputs(batch, random);
        if (_tableRollouts is not null)
        {
            var numbers = Array.ConvertAll(_objects[..batch.Count], _tables!.Number);
            batch.Version++;
            _drawn.Add(batch, _tableRollouts.Backward(_context.Upload<int>(numbers, ScalarType.Int32, batch.Count), betas, uniforms));
            return;
        }

        // Trajectories grow from the object at the end of the row, then move to the front.
        var steps = batch.MaxSteps;
        Start(batch, steps, (_, b) => _objects[b]);
        _backward.Walk(
            batch.Count, steps, betas, uniforms, 0,
            (k, b) => batch.Lengths[b] == k && batch.Trajectory(b)[steps - k] != _space.Root ? batch.Trajectory(b)[steps - k] : null,
            k => steps - 1 - k,
            (k, b, target) => (batch.Trajectory(b)[steps - 1 - k], batch.Lengths[b]) = (target, k + 1));
        for (var b = 0; b < batch.Count; b++)
        {
            batch.Trajectory(b)[(steps - batch.Lengths[b])..].CopyTo(batch.Trajectory(b));
        }

        batch.Version++;
    }

    /// <summary>Waits for a batch that was drawn on the device and writes it to the host.</summary>
    public void Fetch(TrajectoryBatch batch)
    {
        if (_tables is null)
        {
            return;
        }

        var numbers = Numbers(batch);
        _context.Read(States(batch), numbers);
        Accept(batch, numbers);
    }

    /// <summary>Writes a batch's state numbers <c>[batch, step + 1]</c> to the host.</summary>
    public void Accept(TrajectoryBatch batch, ReadOnlySpan<double> numbers)
    {
        var whole = Numbers(batch);
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] = (int)numbers[i];
        }

        Accept(batch, whole);
    }

    /// <summary>State numbers of a batch <c>[batch, step + 1]</c>: those drawn on the device, or else the host's.</summary>
    public Tensor States(TrajectoryBatch batch)
    {
        if (_drawn.Find(batch) is { } drawn)
        {
            return drawn;
        }

        var row = batch.MaxSteps + 1;
        var numbers = new int[batch.Count * row];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _tables!.Number(batch.Trajectory(i / row)[Math.Min(i % row, batch.Lengths[i / row])]);
        }

        return _drawn.Add(batch, _context.Upload<int>(numbers, ScalarType.Int32, batch.Count, row));
    }

    /// <inheritdoc/>
    public void Dispose() => _drawn.Dispose();

    private Span<int> Numbers(TrajectoryBatch batch)
    {
        var count = batch.Count * (batch.MaxSteps + 1);
        _numbers = _numbers.Length < count ? new int[count] : _numbers;
        return _numbers.AsSpan(0, count);
    }

    private void Accept(TrajectoryBatch batch, ReadOnlySpan<int> all)
    {
        var row = batch.MaxSteps + 1;
        for (var b = 0; b < batch.Count; b++)
        {
            var numbers = all.Slice(b * row, row);
            var states = batch.Trajectory(b);
            var length = 0;
            states[0] = _tables!.State(numbers[0]);
            while (length < batch.MaxSteps && numbers[length + 1] != numbers[length])
            {
                states[++length] = _tables.State(numbers[length]);
            }

            batch.Lengths[b] = length;
        }
    }

    private (Tensor Betas, Tensor Uniforms) Inputs(TrajectoryBatch batch, RandomStream random)
    {
        var count = 2 * batch.Count * batch.MaxSteps;
        _uniforms = _uniforms.Length < count ? new float[count] : _uniforms;
        random.FillUniform(_uniforms.AsSpan(0, count));
        return (
            _context.Upload<float>(batch.Betas.AsSpan(0, batch.Count), ScalarType.Float32, batch.Count),
            _context.Upload<float>(_uniforms.AsSpan(0, count), ScalarType.Float32, batch.Count, batch.MaxSteps, 2));
    }

    private void Start(TrajectoryBatch batch, int column, Func<IDesignSpace, int, UInt128> state)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            batch.Trajectory(b)[column] = state(_space, b);
            batch.Lengths[b] = 0;
        }
    }
}
