using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tempera.Client.Commands;

/// <summary>One JSON object a line, keys in snake_case; numbers that are not finite become null.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes a line each.</summary>
    public static void Write<T>(TextWriter output, IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            output.WriteLine(Line(item));
        }

        output.Flush();
    }

    /// <summary>One object as a line without its end.</summary>
    public static string Line<T>(T item) => JsonSerializer.Serialize(item, Options);

    /// <summary>Two objects as one line, the members of the second after those of the first.</summary>
    public static string Line<T, TMore>(T item, TMore more)
    {
        var node = JsonSerializer.SerializeToNode(item, Options)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more, Options)!.AsObject())
        {
            node[name] = value?.DeepClone();
        }

        return node.ToJsonString(Options);
    }

    private sealed class FiniteConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
