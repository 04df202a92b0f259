using Tempera.Grains.Storage;
using Tempera.Grains.Tests.Fixtures;

namespace Tempera.Grains.Tests.Storage;

public sealed class MemoryBlobStoreTests : FencingConformance
{
    protected override IBlobStore Store { get; } = new MemoryBlobStore();
}
