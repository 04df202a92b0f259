namespace Tempera.Client.Chaos.Faults;

/// <summary>What chance decided about one fault.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Moment">When it comes, as a share 0 to 1 of the time it may take.</param>
/// <param name="Target">Which of the possible targets it hits, 0 to 1.</param>
/// <param name="Length">How long it lasts, as a share 0 to 1 of the longest time.</param>
internal sealed record FaultDraw(int Number, string Kind, double Moment, double Target, double Length)
{
    /// <summary>One of the targets.</summary>
    public T Pick<T>(IReadOnlyList<T> targets) => targets[(int)(Target * targets.Count)];

    /// <summary>A time between two.</summary>
    public TimeSpan Between(double shortest, double longest) => TimeSpan.FromSeconds(shortest + ((longest - shortest) * Length));
}
