using BenchmarkDotNet.Attributes;

using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Benchmarks;

/// <summary>One random trajectory of the RNA space, asking each state for what the engine asks.</summary>
[MemoryDiagnoser]
public class SpaceBenchmarks
{
    private readonly PrependAppendSpace _space = new("ACGU", 14);
    private readonly RandomStream _random = new RandomStreams(1).At(RandomStreams.Policy, 1);
    private readonly UInt128[] _edges = new UInt128[64];
    private readonly int[] _features = new int[64];

    /// <summary>Children and features of each state on the way, then the parents of each state on the way back.</summary>
    [Benchmark]
    public int WalkForthAndBack()
    {
        var (state, sum, position) = (_space.Root, 0, 0UL);
        while (!_space.IsTerminal(state))
        {
            sum += _space.GetFeatures(state, _features);
            state = _edges[_random.Below(position++, _space.GetChildren(state, _edges))];
        }

        while (state != _space.Root)
        {
            state = _edges[_random.Below(position++, _space.GetParents(state, _edges))];
        }

        return sum;
    }
}
