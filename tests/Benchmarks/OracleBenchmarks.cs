using BenchmarkDotNet.Attributes;

using Tempera.Model.Random;
using Tempera.Model.Tasks;

namespace Tempera.Benchmarks;

/// <summary>Scores of random objects; <c>rna1</c> is the duplex energy of a 14-mer with its target.</summary>
[MemoryDiagnoser]
public class OracleBenchmarks
{
    private const int Batch = 1024;

    private readonly UInt128[] _objects = new UInt128[Batch];
    private readonly double[] _scores = new double[Batch];
    private DesignTask _task = null!;

    /// <summary>Task.</summary>
    [Params("rna1")]
    public string Task { get; set; } = "rna1";

    /// <summary>Draws the objects by random walks.</summary>
    [GlobalSetup]
    public void Draw()
    {
        _task = TaskCatalog.Create(Task, new Dictionary<string, string>());
        var random = new RandomStreams(1).At(RandomStreams.Sample, 1);
        var children = new UInt128[_task.Space.MaxChildren];
        var position = 0UL;
        for (var i = 0; i < Batch; i++)
        {
            var state = _task.Space.Root;
            while (!_task.Space.IsTerminal(state))
            {
                state = children[random.Below(position++, _task.Space.GetChildren(state, children))];
            }

            _objects[i] = state;
        }
    }

    /// <summary>Scores 1,024 objects on one thread.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public double Score()
    {
        _task.Oracle.Score(_objects, _scores);
        return _scores[0];
    }
}
