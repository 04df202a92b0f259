namespace Tempera.Model.Modes;

/// <summary>A mode that was found.</summary>
/// <param name="Object">The terminal object.</param>
/// <param name="Score">Raw score.</param>
/// <param name="Round">Round in which the object was first evaluated.</param>
public readonly record struct DiscoveredMode(UInt128 Object, double Score, int Round);
