namespace Tempera.Silo.Clustering;

/// <summary>The time of the wall clock when it was made, and from then on that of the clock that only goes forward.</summary>
/// <param name="clock">Both clocks.</param>
internal sealed class SteadyTimeProvider(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset _begin = clock.GetUtcNow();
    private readonly long _started = clock.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _begin + clock.GetElapsedTime(_started);

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
