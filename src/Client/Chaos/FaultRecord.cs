namespace Tempera.Client.Chaos;

/// <summary>A fault that was inflicted.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Detail">What it hit, and for how long.</param>
/// <param name="At">Seconds since the rehearsal began.</param>
/// <param name="Seconds">Seconds it lasted.</param>
internal sealed record FaultRecord(int Number, string Kind, string Detail, double At, double Seconds);
