using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tempera.Contracts.Campaigns;

/// <summary>Objects drawn from the policy at one beta.</summary>
[GenerateSerializer, Immutable, Alias("tempera.sample-result")]
public sealed record SampleResult(
    [property: Id(0)] float Beta, [property: Id(1)] ImmutableArray<SampledObject> Objects);

/// <summary>One sampled object.</summary>
/// <param name="Object">The object's text.</param>
/// <param name="LogProbability">log p(x | beta), exact where enumerable, else an importance estimate over backward trajectories.</param>
/// <param name="Score">Raw score where known, else null.</param>
[GenerateSerializer, Immutable, Alias("tempera.sampled-object")]
public sealed record SampledObject(
    [property: Id(0)] string Object, [property: Id(1)] double LogProbability, [property: Id(2)] double? Score)
{
    /// <summary>The object as SMILES where it is a molecule, else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(3)] public string? Smiles { get; init; }
}
