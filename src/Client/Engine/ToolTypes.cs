#pragma warning disable CS1591
namespace Tempera.Silo.Tools;

public sealed record TaskSummary(string Name, string Description, string Source, double LogObjectCount, int Steps, string Oracle, int? KnownModes, string? ModeDefinition, int Rounds, int Width, double Epsilon, string? ObjectFile);
public sealed record SettingSummary(string Name, string Default, string Range, string Meaning);
public sealed record RoundBenchmarkOptions { public string Task { get; init; } = "rna1"; }
public sealed record RoundBenchmarkResult;
public sealed record PerfectSample(double Draws, double UniqueObjects, double Modes);
