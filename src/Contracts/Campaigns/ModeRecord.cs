using System.Text.Json.Serialization;

namespace Tempera.Contracts.Campaigns;

/// <summary>A discovered mode.</summary>
/// <param name="Object">The object's text.</param>
/// <param name="Score">Raw score.</param>
/// <param name="Round">Round in which the object was first evaluated.</param>
/// <param name="Definition">Name of the rule that makes it a mode.</param>
[GenerateSerializer, Immutable, Alias("tempera.mode-record")]
public sealed record ModeRecord(
    [property: Id(0)] string Object, [property: Id(1)] double Score, [property: Id(2)] int Round, [property: Id(3)] string Definition)
{
    /// <summary>The object as SMILES where it is a molecule, else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(4)] public string? Smiles { get; init; }
}
