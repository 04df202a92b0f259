namespace Tempera.Model.Engines;

/// <summary>A batch does not fit into the memory of its device; the message names one that would.</summary>
public sealed class OutOfDeviceMemoryException(string message, Exception inner) : Exception(message, inner);
