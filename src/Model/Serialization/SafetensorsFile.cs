using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tempera.Model.Serialization;

/// <summary>
/// Tensors in the safetensors format: eight bytes of header length (little endian), a JSON header padded with spaces to a
/// multiple of eight, then the float32 elements, little endian and row major, without holes. A file holds data only and
/// executes nothing.
/// </summary>
/// <remarks>Reading is strict: a file that breaks any rule of the format is refused as a whole, before a tensor is touched.</remarks>
public static class SafetensorsFile
{
    /// <summary>Writes tensors, in their order.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="tensors">Tensors with distinct names.</param>
    /// <param name="metadata">Text kept under <c>__metadata__</c>, or null.</param>
    /// <exception cref="ArgumentException">A name is taken twice or reserved, or a shape does not fit its values; nothing is written.</exception>
    public static void Write(Stream stream, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = SafetensorsHeader.Write(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in tensors)
        {
            stream.Write(MemoryMarshal.AsBytes(tensor.Values.Span));
        }
    }

    /// <summary>As <see cref="Write"/>, to a new array.</summary>
    /// <exception cref="ArgumentException">A name is taken twice or reserved, or a shape does not fit its values.</exception>
    public static byte[] ToBytes(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    /// <summary>Reads every tensor of a file, in the order of their data.</summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format; the message says which.</exception>
    public static IReadOnlyList<NamedTensor> Read(ReadOnlySpan<byte> file)
    {
        var header = SafetensorsHeader.Read(file);
        var tensors = new List<NamedTensor>(header.Entries.Count);
        foreach (var entry in header.Entries)
        {
            var values = new float[(entry.End - entry.Begin) / sizeof(float)];
            header.Data(file, entry).CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            tensors.Add(new NamedTensor(entry.Name, entry.Shape, values));
        }

        return tensors;
    }

    /// <summary>As <see cref="Read(ReadOnlySpan{byte})"/>, from where a stream stands to its end.</summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format; the message says which.</exception>
    public static IReadOnlyList<NamedTensor> Read(Stream stream) => Read(Drain(stream));

    /// <summary>The text under <c>__metadata__</c>; empty where the file has none.</summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format; the message says which.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(ReadOnlySpan<byte> file) => SafetensorsHeader.Read(file).Metadata;

    /// <summary>
    /// Copies a file's values into existing tensors of the same names and shapes. The file must hold exactly these; all is
    /// checked before the first value is written.
    /// </summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format, or a tensor is missing, extra or of another shape.</exception>
    /// <exception cref="ArgumentException">The shape of an existing tensor does not fit its values.</exception>
    public static void ReadInto(ReadOnlySpan<byte> file, IReadOnlyList<NamedTensor> tensors)
    {
        var header = SafetensorsHeader.Read(file);
        var entries = header.Entries.ToDictionary(static entry => entry.Name);
        foreach (var tensor in tensors)
        {
            if (!entries.Remove(tensor.Name, out var entry))
            {
                throw new InvalidDataException($"A file must hold every expected tensor; '{tensor.Name}' is missing. Restore with the settings the file was written with.");
            }

            if (!entry.Shape.SequenceEqual(tensor.Shape))
            {
                throw new InvalidDataException($"Tensor '{tensor.Name}' must have shape [{string.Join(", ", tensor.Shape)}]; the file has [{string.Join(", ", entry.Shape)}]. Restore with the settings the file was written with.");
            }

            SafetensorsHeader.CheckShape(tensor);
        }

        if (entries.Count > 0)
        {
            throw new InvalidDataException($"A file must hold no other tensors than the expected ones; got '{entries.Keys.First()}'. Restore with the settings the file was written with.");
        }

        var found = header.Entries.ToDictionary(static entry => entry.Name);
        foreach (var tensor in tensors)
        {
            header.Data(file, found[tensor.Name]).CopyTo(MemoryMarshal.AsBytes(tensor.Values.Span));
        }
    }

    /// <summary>As the other overload, from where a stream stands to its end; all of it is read before the first value is written.</summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format, or a tensor is missing, extra or of another shape.</exception>
    public static void ReadInto(Stream stream, IReadOnlyList<NamedTensor> tensors) => ReadInto(Drain(stream), tensors);

    private static byte[] Drain(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
