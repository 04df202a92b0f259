using System.Globalization;

namespace Tempera.Client.Chaos.Faults;

/// <summary>The wall clock of one silo jumps, ahead or back, and stays wrong until its process ends. Needs libfaketime.</summary>
internal sealed class JumpClock : IFault
{
    /// <summary>Its name.</summary>
    public const string Kind = "clock";

    private const double LongestHours = 26;

    /// <inheritdoc/>
    public string Name => Kind;

    /// <inheritdoc/>
    public string Meaning => "the wall clock of a silo jumps by up to 26 h, ahead or back";

    /// <inheritdoc/>
    public string? Unavailable => Processes.FakeTime.Library is null ? "libfaketime is not installed (Debian: faketime)" : null;

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var hit = await cluster.Take(draw, cancellationToken);
        var offset = TimeSpan.FromHours(((draw.Length * 2) - 1) * LongestHours);
        hit.Silo.SetClock(offset);
        return string.Create(CultureInfo.InvariantCulture, $"{hit.Silo.Name} by {offset.TotalHours:+0.0;-0.0} h");
    }
}
