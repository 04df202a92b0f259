namespace Tempera.Silo.Tools;

/// <summary>What one value of the setting <c>device</c> would do on this machine.</summary>
/// <param name="Device">The value.</param>
/// <param name="Usable">Whether a campaign can run on it.</param>
/// <param name="Runs">What it would load and run.</param>
/// <param name="Reason">Why it cannot, and what to do; null where it can.</param>
public sealed record DeviceReport(string Device, bool Usable, string Runs, string? Reason);
