using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// The whole state graph of a space on the device, uploaded once: a trajectory is then a row of state numbers, and drawing one
/// needs nothing from the host. Terminal objects are their own only child and the root its own only parent, so trajectories
/// of different lengths keep one shape.
/// </summary>
internal sealed class StateTables : IDisposable
{
    private readonly StateTable _numbers;

    private StateTables(StateTable numbers, Tensor features, DirectionTable forward, DirectionTable backward) =>
        (_numbers, Features, Forward, Backward) = (numbers, features, forward, backward);

    /// <summary>Number of the root.</summary>
    public const int Root = 0;

    /// <summary>States.</summary>
    public int Count => _numbers.Count;

    /// <summary>Features of every state <c>[states, F]</c>, bytes.</summary>
    public Tensor Features { get; }

    /// <summary>Children.</summary>
    public DirectionTable Forward { get; }

    /// <summary>Parents.</summary>
    public DirectionTable Backward { get; }

    /// <summary>The state of a number.</summary>
    public UInt128 State(int number) => _numbers[number];

    /// <summary>The number of a state of the space.</summary>
    public int Number(UInt128 state) => _numbers.Add(state);

    /// <summary>Walks a space and uploads it; null where its tables would take more than a number of bytes.</summary>
    public static StateTables? Build(TorchPolicy forward, TorchPolicy backward, TorchContext context, long mostBytes)
    {
        var space = forward.Direction.Space;
        long rowBytes = space.FeatureCount + DirectionTable.RowBytes(forward) + DirectionTable.RowBytes(backward);
        var most = Math.Min(mostBytes / rowBytes, Array.MaxLength / Math.Max(space.FeatureCount, sizeof(int) * Math.Max(space.MaxChildren, space.MaxParents)));
        if (space.LogObjectCount > Math.Log(Math.Max(most, 1)) || Walk(forward.Direction, (int)most) is not { } numbers)
        {
            return null;
        }

        var features = new byte[numbers.Count * space.FeatureCount];
        var active = new int[space.MaxActiveFeatures];
        for (var number = 0; number < numbers.Count; number++)
        {
            foreach (var feature in active.AsSpan(0, space.GetFeatures(numbers[number], active)))
            {
                features[(number * space.FeatureCount) + feature] = 1;
            }
        }

        using var scope = NewDisposeScope();
        return new StateTables(
            numbers,
            TorchContext.Keep(context.Upload<byte>(features, ScalarType.Byte, numbers.Count, space.FeatureCount)),
            DirectionTable.Build(forward, numbers, context),
            DirectionTable.Build(backward, numbers, context));
    }

    /// <summary>The visits of a policy at states <c>[batch, step]</c>, and where their edges lead <c>[batch, step, edge]</c>.</summary>
    public (VisitRows Rows, Tensor Targets) Rows(TorchPolicy policy, Tensor states)
    {
        var table = policy.Direction.IsForward ? Forward : Backward;
        var (trajectories, steps, flat) = (states.size(0), states.size(1), states.reshape(-1));
        var targets = table.Targets.index_select(0, flat);
        var all = AreFewerThan(flat.size(0) * table.Edges);
        var rows = new VisitRows
        {
            Trajectories = trajectories,
            Steps = steps,
            Parents = all ? Features : Features.index_select(0, flat),
            ParentOf = all ? flat : null,
            Targets = !policy.Scorer.SeesTargets ? null : all ? Features : Features.index_select(0, targets.view(-1)),
            TargetOf = policy.Scorer.SeesTargets && all ? targets.view(-1) : null,
            Legal = table.Legal.index_select(0, flat),
            ActionEdges = table.ActionEdges?.index_select(0, flat),
        };
        return (rows, targets.view(trajectories, steps, table.Edges));
    }

    /// <summary>Whether encoding every state costs less than encoding those that so many edges lead to.</summary>
    public bool AreFewerThan(long edges) => Count <= edges;

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        Forward.Dispose();
        Backward.Dispose();
    }

    private static StateTable? Walk(EdgeDirection children, int most)
    {
        var numbers = new StateTable();
        var found = new UInt128[children.MaxEdges];
        numbers.Add(children.Space.Root);
        for (var number = 0; number < numbers.Count; number++)
        {
            if (numbers.Count > most)
            {
                return null;
            }

            if (!children.Space.IsTerminal(numbers[number]))
            {
                foreach (var child in found.AsSpan(0, children.GetTargets(numbers[number], found)))
                {
                    numbers.Add(child);
                }
            }
        }

        return numbers;
    }
}
