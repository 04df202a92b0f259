namespace Tempera.Model.Serialization;

/// <summary>A float32 tensor with a name, as checkpoints store it.</summary>
/// <param name="Name">Unique within its file.</param>
/// <param name="Shape">Dimensions, row major.</param>
/// <param name="Values">Elements; as many as the product of the dimensions.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, Memory<float> Values);
