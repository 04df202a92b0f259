using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tempera.Contracts.Campaigns;

/// <summary>
/// A <see cref="CampaignEvent"/> as one line of JSON with snake_case keys, as <c>events.jsonl</c> and <c>--json</c> have it.
/// Numbers that are not finite become null; kinds other than <c>round</c> leave the metrics out.
/// </summary>
public static class CampaignEventJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The event as a line, without a line break.</summary>
    public static string Write(CampaignEvent campaignEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(campaignEvent, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the event as UTF-8, without a line break.</summary>
    public static void Write(CampaignEvent campaignEvent, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("event", campaignEvent.Kind);
        json.WriteNumber("sequence", campaignEvent.Sequence);
        json.WriteNumber("round", campaignEvent.Round);
        if (campaignEvent.Kind == CampaignEventKinds.Round)
        {
            WriteMetrics(json, campaignEvent);
        }

        if (campaignEvent.Kind == CampaignEventKinds.State)
        {
            json.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(campaignEvent.State.ToString()));
        }

        if (campaignEvent.Message is not null)
        {
            json.WriteString("message", campaignEvent.Message);
        }

        WriteNumber(json, "seconds", campaignEvent.Seconds);
        WriteNumber(json, "cpu_seconds", campaignEvent.CpuSeconds);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(CampaignEvent)"/> wrote; keys that it does not know are passed over.</summary>
    /// <exception cref="JsonException">The line is not such an event.</exception>
    public static CampaignEvent Read(string line) => Read(Encoding.UTF8.GetBytes(line));

    /// <summary>Reads what <see cref="Write(CampaignEvent, IBufferWriter{byte})"/> wrote; keys that it does not know are passed over.</summary>
    /// <exception cref="JsonException">The line is not such an event.</exception>
    public static CampaignEvent Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        try
        {
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new JsonException($"An event is an object with the text 'event' and numbers; received {document.RootElement.GetRawText()}. Remove the line.", exception);
        }
    }

    private static void WriteMetrics(Utf8JsonWriter json, CampaignEvent value)
    {
        json.WriteNumber("oracle_calls", value.OracleCalls);
        json.WriteNumber("modes", value.Modes);
        WriteNumber(json, "best_score", value.BestScore);
        WriteNumber(json, "mean_score", value.MeanScore);
        WriteNumber(json, "beta_min", value.BetaMin);
        WriteNumber(json, "beta_max", value.BetaMax);
        WriteNumber(json, "loss", value.Loss);
        WriteNumber(json, "replay_loss", value.ReplayLoss);
        WriteNumber(json, "log_z", value.LogZ);
        WriteNumber(json, "clamped_share", value.ClampedShare);
        WriteNumber(json, "gradient_norm", value.GradientNorm);
        json.WriteNumber("skipped_steps", value.SkippedSteps);
        json.WriteNumber("replay_objects", value.ReplayObjects);
        json.WriteString("best_object", value.BestObject);
        if (value.Searched is { } searched)
        {
            json.WriteNumber("searched", searched);
            WriteNumber(json, "policy_age", value.PolicyAge ?? double.NaN);
            json.WriteNumber("searches_under_way", value.SearchesUnderWay ?? 0);
        }
    }

    private static CampaignEvent Read(JsonElement json) => new()
    {
        Kind = json.GetProperty("event").GetString() ?? throw new JsonException("An event names its kind; received null. Remove the line."),
        Sequence = json.GetProperty("sequence").GetInt64(),
        Round = json.GetProperty("round").GetInt32(),
        OracleCalls = json.TryGetProperty("oracle_calls", out var calls) ? calls.GetInt64() : 0,
        Modes = json.TryGetProperty("modes", out var modes) ? modes.GetInt32() : 0,
        BestScore = Number(json, "best_score"),
        MeanScore = Number(json, "mean_score"),
        BetaMin = Single(json, "beta_min"),
        BetaMax = Single(json, "beta_max"),
        Loss = Number(json, "loss"),
        ReplayLoss = json.TryGetProperty("replay_loss", out _) ? Number(json, "replay_loss") : double.NaN,
        LogZ = Number(json, "log_z"),
        ClampedShare = Number(json, "clamped_share"),
        GradientNorm = Number(json, "gradient_norm"),
        SkippedSteps = json.TryGetProperty("skipped_steps", out var skipped) ? skipped.GetInt32() : 0,
        ReplayObjects = json.TryGetProperty("replay_objects", out var objects) ? objects.GetInt32() : 0,
        BestObject = json.TryGetProperty("best_object", out var best) ? best.GetString() : null,
        Seconds = Number(json, "seconds"),
        CpuSeconds = Number(json, "cpu_seconds"),
        State = json.TryGetProperty("state", out var state)
            ? Enum.Parse<CampaignState>(state.GetString() ?? string.Empty, ignoreCase: true)
            : CampaignState.Unknown,
        Searched = Whole(json, "searched"),
        PolicyAge = Whole(json, "policy_age"),
        SearchesUnderWay = Whole(json, "searches_under_way"),
        Message = json.TryGetProperty("message", out var message) ? message.GetString() : null,
    };

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // A float is written with the digits of a float: 1.1, not 1.100000023841858.
    private static void WriteNumber(Utf8JsonWriter json, string name, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static int? Whole(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt32() : null;

    private static double Number(JsonElement json, string name) => !json.TryGetProperty(name, out var value)
        ? 0
        : value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static float Single(JsonElement json, string name) => !json.TryGetProperty(name, out var value)
        ? 0
        : value.ValueKind == JsonValueKind.Null ? float.NaN : value.GetSingle();
}
