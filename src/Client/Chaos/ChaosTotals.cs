namespace Tempera.Client.Chaos;

/// <summary>A rehearsal in one line; sums over its campaigns.</summary>
internal sealed record ChaosTotals(
    ulong Seed, double Seconds, int Faults, int Silos, int Campaigns, int Rounds, long Epochs, int Evaluations, int Lost, int Paid, int InFlight,
    int PaidAgain, int PaidByOvertaken, int RoundBreaks, int TornCheckpoints, int Different, bool Good);
