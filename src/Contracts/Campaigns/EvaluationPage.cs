using System.Collections.Immutable;

namespace Tempera.Contracts.Campaigns;

/// <summary>A page of evaluated objects.</summary>
/// <param name="Total">Objects evaluated in all.</param>
/// <param name="Items">The page.</param>
[GenerateSerializer, Immutable, Alias("tempera.evaluation-page")]
public sealed record EvaluationPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<EvaluatedObject> Items);

/// <summary>One evaluated object.</summary>
/// <param name="Object">The object's text.</param>
/// <param name="Score">Raw score.</param>
/// <param name="LogReward">log R(x), before beta.</param>
/// <param name="Round">Round in which it was first proposed.</param>
/// <param name="Beta">Inverse temperature it was first proposed at.</param>
[GenerateSerializer, Immutable, Alias("tempera.evaluated-object")]
public sealed record EvaluatedObject(
    [property: Id(0)] string Object, [property: Id(1)] double Score, [property: Id(2)] double LogReward, [property: Id(3)] int Round, [property: Id(4)] float Beta)
{
    /// <summary>The object as SMILES where it is a molecule, else null.</summary>
    [Id(5)] public string? Smiles { get; init; }
}
