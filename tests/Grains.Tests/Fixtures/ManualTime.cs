namespace Tempera.Grains.Tests.Fixtures;

/// <summary>A clock that moves when told. Timers fire inside <see cref="Advance"/>.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    /// <summary>Completes when someone waits for the clock.</summary>
    public Task Armed
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count > 0 ? Task.CompletedTask : _armed.Task;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            var timer = new ManualTimer(this, callback, state, dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : _now + dueTime);
            _timers.Add(timer);
            _armed.TrySetResult();
            return timer;
        }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = _timers.FindAll(timer => timer.Due <= _now);
            _timers.RemoveAll(due.Contains);
            _armed = _timers.Count == 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _armed;
        }

        due.ForEach(static timer => timer.Fire());
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state, TimeSpan due) : ITimer
    {
        public TimeSpan Due { get; } = due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
                owner._armed = owner._timers.Count == 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : owner._armed;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
