using Tempera.Grains.Serialization;

namespace Tempera.Grains.Searching;

/// <summary>The searches that a round takes, as one batch.</summary>
/// <param name="Results">The searches, in the order they came back.</param>
/// <param name="PolicyAge">Rounds between the oldest policy among them and the round; null when there are none.</param>
/// <param name="UnderWay">Searches that were still under way.</param>
internal sealed record SearchHarvest(IReadOnlyList<SearchResult> Results, int? PolicyAge, int UnderWay)
{
    /// <summary>Trajectories.</summary>
    public int Count => Results.Sum(static result => result.Count);

    /// <summary>Packed states <c>[trajectory, step + 1]</c>.</summary>
    public byte[] States => Join(static result => result.Report.States);

    /// <summary>Transitions <c>[trajectory]</c>.</summary>
    public byte[] Lengths => Join(static result => result.Report.Lengths);

    /// <summary>Packed terminal objects <c>[trajectory]</c>.</summary>
    public byte[] Objects => Join(static result => result.Report.Objects);

    /// <summary>Raw scores <c>[trajectory]</c>.</summary>
    public byte[] Scores => Join(static result => result.Report.Scores);

    /// <summary>Betas <c>[trajectory]</c>.</summary>
    public byte[] Betas => Packed.ToBytes<float>(Results.SelectMany(static result => Enumerable.Repeat(result.Beta, result.Count)).ToArray());

    private byte[] Join(Func<SearchResult, byte[]> part)
    {
        var all = new byte[Results.Sum(result => part(result).Length)];
        var position = 0;
        foreach (var bytes in Results.Select(part))
        {
            bytes.CopyTo(all, position);
            position += bytes.Length;
        }

        return all;
    }
}
