namespace Tempera.Grains.Campaigns;

/// <summary>Wall and CPU seconds of a campaign's sittings, those before the checkpoint included. Stands still while it is stopped.</summary>
internal sealed class RunClock(TimeProvider time, double seconds, double cpuSeconds)
{
    private long? _started;
    private TimeSpan _cpuStarted;

    /// <summary>Wall seconds so far.</summary>
    public double Seconds => seconds + (_started is { } started ? time.GetElapsedTime(started).TotalSeconds : 0);

    /// <summary>CPU seconds of the process so far.</summary>
    public double CpuSeconds => cpuSeconds + (_started is null ? 0 : (Cpu() - _cpuStarted).TotalSeconds);

    /// <summary>Starts counting.</summary>
    public void Start()
    {
        if (_started is null)
        {
            (_started, _cpuStarted) = (time.GetTimestamp(), Cpu());
        }
    }

    /// <summary>Stops counting.</summary>
    public void Stop()
    {
        (seconds, cpuSeconds) = (Seconds, CpuSeconds);
        _started = null;
    }

    // Unsupported platforms report no CPU time.
    private static TimeSpan Cpu() => OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsBrowser()
        ? TimeSpan.Zero
        : Environment.CpuUsage.TotalTime;
}
