namespace Tempera.Grains.Accelerators;

/// <summary>A campaign that needs a GPU waits in the queue for one; it is accepted and runs when it is its turn.</summary>
/// <param name="position">Its place in the queue.</param>
internal sealed class AcceleratorQueuedException(int position)
    : Exception($"A campaign with device=cuda runs on a GPU with room; it is number {position} of those that wait. It begins by itself, or choose device=auto to begin on the CPU.");
