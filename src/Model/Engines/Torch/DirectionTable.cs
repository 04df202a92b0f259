using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>The edges of every state in one direction. See <see cref="StateTables"/>.</summary>
/// <param name="Targets">Where each edge leads <c>[states, edges]</c>, 32 bits; missing edges repeat the first.</param>
/// <param name="Legal">Which edges exist <c>[states, edges]</c>, booleans.</param>
/// <param name="ActionEdges">Edge of each action <c>[states, actions]</c>, 16 bits, or -1; null for a state-to-state scorer.</param>
internal sealed record DirectionTable(Tensor Targets, Tensor Legal, Tensor? ActionEdges) : IDisposable
{
    /// <summary>Most edges of a state.</summary>
    public long Edges { get; } = Targets.size(1);

    /// <summary>Bytes of a row.</summary>
    public static long RowBytes(TorchPolicy policy) =>
        ((sizeof(int) + sizeof(byte)) * policy.Direction.MaxEdges) + (policy.Scorer.ListsActions ? sizeof(short) * policy.Direction.ActionCount : 0);

    /// <summary>Writes the edges of all states.</summary>
    public static DirectionTable Build(TorchPolicy policy, StateTable numbers, TorchContext context)
    {
        var (direction, states) = (policy.Direction, numbers.Count);
        var (edges, actions) = (direction.MaxEdges, policy.Scorer.ListsActions ? direction.ActionCount : 0);
        var (targets, legal, actionEdges) = (new int[states * edges], new byte[states * edges], new short[states * actions]);
        var (found, foundActions, edgeOfAction) = (new UInt128[edges], new int[direction.ActionCount], new int[direction.ActionCount]);
        actionEdges.AsSpan().Fill(-1);
        for (var number = 0; number < states; number++)
        {
            var state = numbers[number];
            var isEnd = direction.IsForward ? direction.Space.IsTerminal(state) : number == StateTables.Root;
            var count = isEnd ? 0 : direction.GetTargets(state, found);
            var row = targets.AsSpan(number * edges, edges);
            row.Fill(count == 0 ? number : numbers.Add(found[0]));
            for (var edge = 1; edge < count; edge++)
            {
                row[edge] = numbers.Add(found[edge]);
            }

            legal.AsSpan(number * edges, Math.Max(1, count)).Fill(1);
            if (actions > 0)
            {
                SetActions(actionEdges.AsSpan(number * actions, actions), count == 0 ? 0 : direction.GetActions(state, foundActions, edgeOfAction), foundActions, edgeOfAction);
            }
        }

        return new DirectionTable(
            TorchContext.Keep(context.Upload<int>(targets, ScalarType.Int32, states, edges)),
            TorchContext.Keep(context.Upload<byte>(legal, ScalarType.Bool, states, edges)),
            actions == 0 ? null : TorchContext.Keep(context.Upload<short>(actionEdges, ScalarType.Int16, states, actions)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Targets.Dispose();
        Legal.Dispose();
        ActionEdges?.Dispose();
    }

    private static void SetActions(Span<short> row, int count, int[] actions, int[] edgeOfAction)
    {
        // A state without edges has its first action lead back to it.
        row[0] = count == 0 ? (short)0 : row[0];
        for (var i = 0; i < count; i++)
        {
            row[actions[i]] = (short)edgeOfAction[i];
        }
    }
}
