namespace Tempera.Model.Tasks;

/// <summary>Exact facts about the target p*(x | beta) = R(x)^beta / Z(beta), for spaces too large to enumerate on the spot.</summary>
public interface ITargetStatistics
{
    /// <summary>Distinct raw scores, ascending.</summary>
    IReadOnlyList<double> Scores { get; }

    /// <summary>Number of objects with each of <see cref="Scores"/>.</summary>
    IReadOnlyList<long> Counts { get; }

    /// <summary>Number of modes with each of <see cref="Scores"/>.</summary>
    IReadOnlyList<int> ModeCounts { get; }
}
