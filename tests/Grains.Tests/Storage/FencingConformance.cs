using Tempera.Grains.Storage;

using Xunit;

namespace Tempera.Grains.Tests.Storage;

/// <summary>What a store that several processes may write keeps besides: a writer that was overtaken is kept out by seals and ETags.</summary>
public abstract class FencingConformance : BlobStoreConformance
{
    [Fact]
    public async Task A_seal_ends_the_right_of_earlier_appenders_and_keeps_the_content()
    {
        var end = (await Store.Append("log", Bytes("one"), 0, durable: false)).End;
        await Store.Seal("log");
        Assert.Equal((true, 3), Outcome(await Store.Append("log", Bytes("two"), end, durable: false)));
        var seen = (await Store.Get("log"))!;
        Assert.False((await Store.Append("log", Bytes("six"), new BlobPosition(3, seen.ETag), durable: false)).Conflict);
        Assert.Equal("onesix", await Text("log"));
    }

    [Fact]
    public async Task A_seal_takes_the_place_of_a_blob_that_was_never_put()
    {
        await Store.Seal("log");
        Assert.True((await Store.Put("log", Bytes("one"), BlobCondition.IfNoneMatch)).Conflict);
        Assert.Empty((await Store.Get("log"))!.Content);
    }
}
