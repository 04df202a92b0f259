namespace Tempera.Model.Guidance;

/// <summary>The objects a guide has seen, in order, which is all it depends on; serialised as JSON in a checkpoint.</summary>
/// <param name="Objects">Packed objects, 16 bytes each, little endian.</param>
/// <param name="LogRewards">Their log R, 8 bytes each, little endian.</param>
public sealed record GuideObservations(byte[] Objects, byte[] LogRewards);
