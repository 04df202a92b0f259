using Tempera.Silo.Clustering;

using Xunit;

namespace Tempera.Silo.Tests.Clustering;

public sealed class SteadyTimeProviderTests
{
    [Fact]
    public void It_begins_with_the_wall_clock_and_never_jumps()
    {
        var clock = new JumpingClock();
        var steady = new SteadyTimeProvider(clock);
        Assert.Equal(clock.Wall, steady.GetUtcNow());

        clock.Elapsed += TimeSpan.FromMinutes(1);
        clock.Wall -= TimeSpan.FromHours(12);
        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromMinutes(1), steady.GetUtcNow());

        clock.Elapsed += TimeSpan.FromMinutes(1);
        clock.Wall += TimeSpan.FromHours(40);
        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromMinutes(2), steady.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(2), steady.GetElapsedTime(0));
    }

    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch;

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
