using System.Text.Json;
using System.Text.Json.Serialization;

using Tempera.Grains.Campaigns;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Replay;

namespace Tempera.Grains.Serialization;

/// <summary>JSON of everything durable: snake_case, numbers exact, indented for people.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(CampaignDocument))]
[JsonSerializable(typeof(CampaignProgress))]
[JsonSerializable(typeof(CheckpointManifest))]
[JsonSerializable(typeof(CheckpointState))]
[JsonSerializable(typeof(ReplayState))]
internal sealed partial class GrainsJson : JsonSerializerContext;

/// <summary>What the serializer lacks.</summary>
internal static class JsonElements
{
    /// <summary>Reads a number without throwing on other kinds.</summary>
    public static bool TryGetInt32Safe(this JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }
}
