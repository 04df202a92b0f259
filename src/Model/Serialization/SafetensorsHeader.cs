using System.Buffers.Binary;
using System.Text.Json;

namespace Tempera.Model.Serialization;

/// <summary>One tensor of a header: its shape and where its bytes lie, relative to the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, int[] Shape, long Begin, long End);

/// <summary>The header of a safetensors file: written canonically, read with suspicion.</summary>
/// <param name="Entries">Tensors in the order of their data.</param>
/// <param name="Metadata">Free text.</param>
/// <param name="DataOffset">Position of the first byte of data in the file.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, int DataOffset)
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = sizeof(ulong);
    private const int MaxHeaderBytes = 16 << 20;
    private const int MaxRank = 8;

    /// <summary>The bytes of one tensor.</summary>
    public ReadOnlySpan<byte> Data(ReadOnlySpan<byte> file, SafetensorsEntry entry) =>
        file.Slice(DataOffset + (int)entry.Begin, (int)(entry.End - entry.Begin));

    /// <summary>Checks tensors and renders their header, padded so that the data begins at a multiple of eight.</summary>
    public static byte[] Write(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var names = new HashSet<string>();
            long begin = 0;
            foreach (var tensor in tensors)
            {
                if (tensor.Name == MetadataKey || !names.Add(tensor.Name))
                {
                    throw new ArgumentException($"Tensor names must be distinct and not '{MetadataKey}'; got '{tensor.Name}'. Rename it.");
                }

                CheckShape(tensor);
                WriteEntry(json, tensor, begin);
                begin += tensor.Values.Length * (long)sizeof(float);
            }

            json.WriteEndObject();
        }

        while (stream.Length % LengthBytes != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    /// <summary>Throws unless a tensor has as many values as its shape says.</summary>
    public static void CheckShape(NamedTensor tensor)
    {
        if (tensor.Shape.Any(static size => size < 0) || Product(tensor.Shape.Select(static size => (long)size)) != (UInt128)tensor.Values.Length)
        {
            throw new ArgumentException($"A tensor must have as many values as its shape says; '{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}] and {tensor.Values.Length} values. Correct the shape.");
        }
    }

    /// <summary>Reads and checks the header of a whole file.</summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> file)
    {
        Require(file.Length >= LengthBytes, "begin with eight bytes of header length", $"a file of {file.Length} bytes");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        Require(length is >= 2 and <= MaxHeaderBytes, $"have a header of 2 to {MaxHeaderBytes} bytes", $"{length}");
        Require(length <= (ulong)(file.Length - LengthBytes), "contain its whole header", $"a header of {length} bytes in a file of {file.Length}");
        Require(file[LengthBytes] == '{', "begin its header with '{'", $"byte {file[LengthBytes]}");
        var dataOffset = LengthBytes + (int)length;
        try
        {
            using var json = JsonDocument.Parse(file[LengthBytes..dataOffset].ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return Parse(json.RootElement, dataOffset, file.Length - dataOffset);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: text that is not valid UTF-8 or UTF-16 once unescaped.
            throw new InvalidDataException($"A safetensors header must be one valid JSON object without repeated names: {exception.Message} Use an undamaged copy of the file.", exception);
        }
    }

    // Saturates far above any file, so that hostile shapes cannot wrap around to a plausible size.
    private static UInt128 Product(IEnumerable<long> shape) =>
        shape.Aggregate(UInt128.One, static (product, size) => UInt128.Min(product * (UInt128)size, (UInt128)1 << 80));

    private static SafetensorsHeader Parse(JsonElement root, int dataOffset, long dataBytes)
    {
        Require(root.ValueKind == JsonValueKind.Object, "have a JSON object as header", root.ValueKind.ToString());
        var metadata = new Dictionary<string, string>();
        var entries = new List<SafetensorsEntry>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                ReadMetadata(property.Value, metadata);
            }
            else
            {
                entries.Add(ReadEntry(property.Name, property.Value));
            }
        }

        entries.Sort(static (a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long end = 0;
        foreach (var entry in entries)
        {
            Require(entry.Begin == end, $"hold its tensors without holes or overlaps ('{entry.Name}' would begin at {end})", $"{entry.Begin}");
            end = entry.End;
        }

        Require(end == dataBytes, $"have as many bytes of data as its header says, {end}", $"{dataBytes}");
        return new SafetensorsHeader(entries, metadata, dataOffset);
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Object, $"describe tensor '{name}' by an object", value.ValueKind.ToString());
        foreach (var property in value.EnumerateObject())
        {
            Require(property.Name is "dtype" or "shape" or "data_offsets", $"describe tensor '{name}' by dtype, shape and data_offsets only", property.Name);
        }

        var type = value.TryGetProperty("dtype", out var dtype) && dtype.ValueKind == JsonValueKind.String ? dtype.GetString() : null;
        Require(type == "F32", $"hold float32 (F32) tensors only ('{name}')", type ?? "no dtype");
        var shape = ReadIntegers(name, value, "shape", MaxRank);
        var offsets = ReadIntegers(name, value, "data_offsets", 2);
        Require(offsets.Length == 2, $"give tensor '{name}' two data_offsets", $"{offsets.Length}");
        Require(shape.All(static size => size <= int.MaxValue), $"have dimensions of at most {int.MaxValue} ('{name}')", string.Join(", ", shape));
        var bytes = sizeof(float) * Product(shape);
        Require(offsets[1] >= offsets[0] && (UInt128)(offsets[1] - offsets[0]) == bytes, $"give tensor '{name}' the {bytes} bytes of its shape", $"offsets {offsets[0]} to {offsets[1]}");
        return new SafetensorsEntry(name, [.. shape.Select(static size => (int)size)], offsets[0], offsets[1]);
    }

    private static long[] ReadIntegers(string name, JsonElement owner, string property, int most)
    {
        var found = owner.TryGetProperty(property, out var array) && array.ValueKind == JsonValueKind.Array;
        Require(found && array.GetArrayLength() <= most, $"give tensor '{name}' a list '{property}' of at most {most} numbers", found ? $"{array.GetArrayLength()}" : "none");
        var values = new long[array.GetArrayLength()];
        for (var i = 0; i < values.Length; i++)
        {
            var valid = array[i].ValueKind == JsonValueKind.Number && array[i].TryGetInt64(out values[i]) && values[i] >= 0;
            Require(valid, $"have whole numbers from 0 in '{property}' of tensor '{name}'", array[i].GetRawText());
        }

        return values;
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
    {
        Require(value.ValueKind == JsonValueKind.Object, $"have an object as {MetadataKey}", value.ValueKind.ToString());
        foreach (var property in value.EnumerateObject())
        {
            Require(property.Value.ValueKind == JsonValueKind.String, $"have text only in {MetadataKey} ('{property.Name}')", property.Value.ValueKind.ToString());
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, NamedTensor tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Values.Length * (long)sizeof(float));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Require(bool holds, string rule, string received)
    {
        if (!holds)
        {
            throw new InvalidDataException($"A safetensors file must {rule}; got {received}. Use an undamaged copy of the file.");
        }
    }
}
