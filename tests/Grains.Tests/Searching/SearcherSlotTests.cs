using Tempera.Contracts.Searching;
using Tempera.Grains.Searching;

using Xunit;

namespace Tempera.Grains.Tests.Searching;

public sealed class SearcherSlotTests
{
    [Fact]
    public void SearchesAreHandedOnInTheOrderOfTheirNumbers()
    {
        var slot = new SearcherSlot(1, committed: 4);
        Assert.Equal([5, 6, 7], [slot.Ask(), slot.Ask(), slot.Ask()]);

        slot.Sample(5, 3);
        slot.Sample(7, 2);
        Assert.Empty(slot.Return(Result(7)));
        Assert.Equal(2, slot.OldestPolicy);
        Assert.Equal([5], slot.Return(Result(5)).Select(static result => result.Sequence));
        Assert.Equal(2, slot.UnderWay);
        Assert.Equal([6, 7], slot.Return(Result(6)).Select(static result => result.Sequence));
        Assert.Null(slot.OldestPolicy);
    }

    [Fact]
    public void WhatIsNotCommittedIsAskedForAgain()
    {
        var slot = new SearcherSlot(0, committed: 0);
        Assert.Equal([1, 2], [slot.Ask(), slot.Ask()]);
        Assert.Single(slot.Return(Result(1)));
        slot.Commit();
        slot.Forget();

        Assert.Equal((1, 0, 2), (slot.Committed, slot.UnderWay, slot.Ask()));
    }

    private static SearchResult Result(int sequence) => new(0, sequence, 1, 0, new SearchReport([], [], [], [], 0, "silo"));
}
