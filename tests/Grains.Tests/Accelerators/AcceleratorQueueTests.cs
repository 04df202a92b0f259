using System.Net;

using Tempera.Contracts.Accelerators;
using Tempera.Grains.Accelerators;

using Xunit;

namespace Tempera.Grains.Tests.Accelerators;

public sealed class AcceleratorQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Later = TimeSpan.FromSeconds(100);
    private static readonly SiloAccelerators A = Silo("a", 2, 80), B = Silo("b", 1, 40);

    private readonly AcceleratorQueue _queue = new(Patience);

    [Fact]
    public void TheGpuWithTheMostRoomIsGivenAndMemoryIsNeverGivenTwice()
    {
        var places = Enumerable.Range(0, 5).Select(i => Claim($"c{i}", 30, [A, B]).Place).ToArray();

        Assert.Equal(["a/0", "a/1", "a/0", "a/1", "b/0"], places.Select(static place => $"{place!.Name}/{place.Index}"));
        Assert.Equal(1, Claim("c5", 30, [A, B]).Position);
    }

    [Fact]
    public void TheFirstInTheQueueIsNotOvertakenAndComesNext()
    {
        Claim("holder", 40, [B]);
        Assert.Equal((1, 2), (Claim("large", 40, [B]).Position, Claim("small", 1, [B]).Position));
        Assert.Equal(2, Claim("small", 1, [B]).Position);

        _queue.Release("holder");
        Assert.Null(Claim("small", 1, [B]).Place);
        Assert.Equal(1, Claim("small", 1, [B]).Position);
        Assert.Equal(0, Claim("large", 40, [B]).Position);
        _queue.Release("large");
        Assert.NotNull(Claim("small", 1, [B]).Place);
    }

    [Fact]
    public void WhatIsNotSaidAgainIsFree()
    {
        Claim("lost", 40, [B]);
        Claim("gone", 40, [B]);
        var grant = Claim("next", 40, [B], Later + Patience + TimeSpan.FromSeconds(1));

        Assert.NotNull(grant.Place);
    }

    [Fact]
    public void ASiloThatIsGoneTakesItsGrantsWithIt()
    {
        Assert.Equal("b", Claim("c", 30, [B]).Place!.Name);
        Assert.Equal("a", Claim("c", 30, [A]).Place!.Name);
    }

    [Fact]
    public void WhatNoGpuCouldEverHoldDoesNotWait()
    {
        var grant = Claim("huge", 81, [A, B]);

        Assert.Equal((null, 0), (grant.Place, grant.Position));
    }

    [Fact]
    public void ANewPoolHearsTheHoldersBeforeItServesTheQueue()
    {
        var place = new AcceleratorPlace(B.Silo, "b", 0);
        Assert.Equal(1, Claim("eager", 40, [B], TimeSpan.FromSeconds(1)).Position);
        var held = _queue.Claim(new AcceleratorClaim("holder", 40, place), [B], TimeSpan.FromSeconds(2));

        Assert.Equal(place, held.Place);
        Assert.Equal(1, Claim("eager", 40, [B], TimeSpan.FromSeconds(10)).Position);
    }

    private AcceleratorGrant Claim(string campaign, long bytes, IReadOnlyList<SiloAccelerators> silos, TimeSpan? now = null) =>
        _queue.Claim(new AcceleratorClaim(campaign, bytes, null), silos, now ?? Later);

    private static SiloAccelerators Silo(string name, int count, long bytes) =>
        new(SiloAddress.New(new IPEndPoint(IPAddress.Loopback, name[0]), 1), name, count, bytes);
}
