using Tempera.Model.Engines;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Learning;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Serialization;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Searching;

/// <summary>
/// A copy of P_F that only samples, on one thread of the CPU. What it draws is a function of weights, seed, searcher and sequence number.
/// </summary>
/// <remarks>Not thread safe: one caller at a time.</remarks>
public sealed class PolicySearcher : IDisposable
{
    private readonly LearnerSettings _settings;
    private readonly RandomStreams _streams;
    private readonly SimdEngine _engine;
    private readonly TrajectoryBatch _batch;

    /// <summary>Builds the networks of a campaign, all weights 0.</summary>
    public PolicySearcher(DesignTask task, LearnerSettings settings, ulong seed)
    {
        (_settings, _streams) = (settings, new RandomStreams(seed));
        var size = settings.Search.SearchSize(settings.Batch);
        var space = WindowFeatureSpace.Of(task.Space, settings.FeatureWindow);
        _engine = new SimdEngine(space, Learner.LayOut(space, settings), threads: 1, size);
        _batch = new TrajectoryBatch(task.Space, size);
    }

    /// <summary>Named views of P_F's weights; after writing into them call <see cref="WeightsChanged"/>.</summary>
    public IReadOnlyList<NamedTensor> Weights => Published(_engine.Parameters.Forward);

    /// <summary>Named views of the weights that searchers need.</summary>
    public static IReadOnlyList<NamedTensor> Published(NetworkParameters forward) => [.. Learner.Tensors(forward, forward.Name, forward.Values)];

    /// <summary>Tells the engine that weights have changed.</summary>
    public void WeightsChanged() => _engine.ParametersChanged();

    /// <summary>Draws trajectories at one beta; the batch stays as it is until the next call.</summary>
    /// <param name="searcher">Which searcher, from 0.</param>
    /// <param name="sequence">Which of its searches, from 1.</param>
    /// <param name="beta">Inverse temperature.</param>
    public TrajectoryBatch Search(int searcher, int sequence, float beta)
    {
        _batch.Count = _batch.Capacity;
        _batch.Betas.AsSpan().Fill(beta);
        _engine.SampleForward(_batch, (float)_settings.Epsilon, _streams.At($"search-{searcher}", sequence));
        return _batch;
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
