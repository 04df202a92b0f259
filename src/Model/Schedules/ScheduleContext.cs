namespace Tempera.Model.Schedules;

/// <summary>Where a campaign stands when betas are drawn.</summary>
/// <param name="Round">Round, from 1.</param>
/// <param name="Rounds">Rounds planned.</param>
/// <param name="OracleCalls">Unique oracle calls so far.</param>
/// <param name="Budget">Oracle budget, or null.</param>
/// <param name="Modes">Modes so far.</param>
public readonly record struct ScheduleContext(int Round, int Rounds, long OracleCalls, long? Budget, int Modes);
