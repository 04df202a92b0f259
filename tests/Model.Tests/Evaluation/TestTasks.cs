using Tempera.Model.Oracles;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Tests.Evaluation;

/// <summary>Small tasks whose every fact can be computed by hand.</summary>
internal static class TestTasks
{
    public static DesignTask Create(IDesignSpace space, Func<UInt128, double> score, RewardScale? reward = null) => new()
    {
        Name = "test",
        Description = "A task of the tests.",
        Source = "The tests.",
        Space = space,
        Oracle = new FunctionOracle(score),
        Reward = reward ?? new RewardScale(1, 1, 1),
        Defaults = new TaskDefaults(10, 8, 0.01),
    };

    /// <summary>Every path from a state to a terminal object.</summary>
    public static IEnumerable<UInt128[]> Trajectories(IDesignSpace space, UInt128[] path)
    {
        if (space.IsTerminal(path[^1]))
        {
            return [path];
        }

        var children = new UInt128[space.MaxChildren];
        return children[..space.GetChildren(path[^1], children)].SelectMany(child => Trajectories(space, [.. path, child]));
    }

    internal sealed class FunctionOracle(Func<UInt128, double> score) : IOracle
    {
        public int Calls { get; private set; }

        public string Version => "test/1";

        public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
        {
            for (var i = 0; i < objects.Length; i++)
            {
                (scores[i], Calls) = (score(objects[i]), Calls + 1);
            }
        }
    }

    internal sealed record Statistics(IReadOnlyList<double> Scores, IReadOnlyList<long> Counts, IReadOnlyList<int> ModeCounts) : ITargetStatistics;
}
