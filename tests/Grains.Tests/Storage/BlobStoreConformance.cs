using System.Text;

using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

using Xunit;

namespace Tempera.Grains.Tests.Storage;

/// <summary>What every blob store keeps, whatever it is made of. A store's tests derive from this.</summary>
public abstract class BlobStoreConformance
{
    /// <summary>An empty store.</summary>
    protected abstract IBlobStore Store { get; }

    private protected static (bool Conflict, long Length) Outcome(BlobAppend append) => (append.Conflict, append.Length);

    private protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected async Task<string?> Text(string name) => await Store.Get(name) is { } blob ? Encoding.UTF8.GetString(blob.Content) : null;

    [Fact]
    public async Task A_blob_that_was_never_put_is_null() => Assert.Null(await Store.Get("a/b"));

    [Fact]
    public async Task A_put_is_read_back_with_its_etag()
    {
        var written = await Store.Put("a/b.json", Bytes("one"), BlobCondition.None);
        var blob = await Store.Get("a/b.json");
        Assert.Equal("one", Encoding.UTF8.GetString(blob!.Content));
        Assert.Equal(written.ETag, blob.ETag);
    }

    [Fact]
    public async Task An_empty_blob_exists()
    {
        await Store.Put("empty", ReadOnlyMemory<byte>.Empty, BlobCondition.None);
        Assert.Empty((await Store.Get("empty"))!.Content);
    }

    [Fact]
    public async Task If_none_match_refuses_an_existing_blob_and_writes_nothing()
    {
        Assert.False((await Store.Put("n", Bytes("one"), BlobCondition.IfNoneMatch)).Conflict);
        Assert.True((await Store.Put("n", Bytes("two"), BlobCondition.IfNoneMatch)).Conflict);
        Assert.Equal("one", await Text("n"));
    }

    [Fact]
    public async Task If_match_refuses_a_stale_etag_and_a_missing_blob()
    {
        var first = await Store.Put("m", Bytes("one"), BlobCondition.None);
        var second = await Store.Put("m", Bytes("two"), BlobCondition.IfMatch(first.ETag!));
        Assert.False(second.Conflict);
        Assert.True((await Store.Put("m", Bytes("three"), BlobCondition.IfMatch(first.ETag!))).Conflict);
        Assert.Equal("two", await Text("m"));
        await Store.Delete("m");
        Assert.True((await Store.Put("m", Bytes("four"), BlobCondition.IfMatch(second.ETag!))).Conflict);
        Assert.Null(await Text("m"));
    }

    [Fact]
    public async Task Of_many_conditional_puts_at_once_one_wins()
    {
        var first = (await Store.Put("race", Bytes("start"), BlobCondition.None)).ETag!;
        var writes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => Store.Put("race", Bytes($"writer {i}"), BlobCondition.IfMatch(first)))));
        var winner = Assert.Single(Enumerable.Range(0, 16), i => !writes[i].Conflict);
        Assert.Equal($"writer {winner}", await Text("race"));
    }

    [Fact]
    public async Task Appends_follow_each_other()
    {
        Assert.Equal((false, 3), Outcome(await Store.Append("log", Bytes("one"), 0, durable: false)));
        Assert.Equal((false, 6), Outcome(await Store.Append("log", Bytes("two"), 3, durable: true)));
        Assert.Equal((false, 6), Outcome(await Store.Append("log", ReadOnlyMemory<byte>.Empty, 6, durable: true)));
        Assert.Equal("onetwo", await Text("log"));
    }

    [Fact]
    public async Task An_append_at_another_length_conflicts_and_writes_nothing()
    {
        await Store.Append("log", Bytes("one"), 0, durable: false);
        Assert.Equal((true, 3), Outcome(await Store.Append("log", Bytes("two"), 0, durable: false)));
        Assert.Equal((true, 3), Outcome(await Store.Append("log", Bytes("two"), 4, durable: true)));
        Assert.Equal((true, 0), Outcome(await Store.Append("absent", Bytes("two"), 4, durable: false)));
        Assert.Equal("one", await Text("log"));
        Assert.Null(await Text("absent"));
    }

    [Fact]
    public async Task A_put_can_be_appended_to_and_an_appended_blob_replaced()
    {
        await Store.Put("both", Bytes("one"), BlobCondition.None);
        Assert.False((await Store.Append("both", Bytes("two"), 3, durable: false)).Conflict);
        var blob = await Store.Get("both");
        Assert.False((await Store.Put("both", Bytes("on"), BlobCondition.IfMatch(blob!.ETag))).Conflict);
        Assert.False((await Store.Append("both", Bytes("e"), 2, durable: false)).Conflict);
        Assert.Equal("one", await Text("both"));
    }

    [Fact]
    public async Task Of_many_appends_at_once_one_wins()
    {
        var appends = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Store.Append("log", Bytes($"{i:D2}"), 0, durable: false))));
        var winner = Assert.Single(Enumerable.Range(0, 16), i => !appends[i].Conflict);
        Assert.Equal($"{winner:D2}", await Text("log"));
    }

    [Fact]
    public async Task Appends_chain_by_their_ends()
    {
        var first = await Store.Append("log", Bytes("one"), 0, durable: false);
        var second = await Store.Append("log", Bytes("two"), first.End, durable: false);
        Assert.False((await Store.Append("log", Bytes("six"), second.End, durable: true)).Conflict);
        Assert.Equal("onetwosix", await Text("log"));
    }

    [Fact]
    public async Task Hundreds_of_appends_keep_every_byte_in_order()
    {
        var (end, expected) = (new BlobPosition(0), new StringBuilder());
        for (var i = 0; i < 150; i++)
        {
            var line = $"line {i}\n";
            expected.Append(line);
            end = (await Store.Append("log", Bytes(line), end, durable: false)).End;
        }

        Assert.Equal(expected.ToString(), await Text("log"));
        Assert.Equal([new("log", expected.Length)], await Store.List("log"));
    }

    [Fact]
    public async Task A_blob_is_deleted_only_while_it_has_the_etag()
    {
        var first = (await Store.Put("x", Bytes("one"), BlobCondition.None)).ETag!;
        var second = (await Store.Put("x", Bytes("two"), BlobCondition.None)).ETag!;
        Assert.False(await Store.DeleteIfMatch("x", first));
        Assert.Equal("two", await Text("x"));
        Assert.True(await Store.DeleteIfMatch("x", second));
        Assert.False(await Store.DeleteIfMatch("x", second));
        Assert.Null(await Text("x"));
    }

    [Fact]
    public async Task A_list_is_ordered_with_lengths_and_takes_part_of_a_name()
    {
        foreach (var name in new[] { "c/2", "c/10", "c/1/x", "cc", "b" })
        {
            await Store.Put(name, Bytes(name), BlobCondition.None);
        }

        Assert.Equal([new("c/1/x", 5), new("c/10", 4), new("c/2", 3)], await Store.List("c/"));
        Assert.Equal([new("c/1/x", 5), new("c/10", 4)], await Store.List("c/1"));
        Assert.Equal(["b", "c/1/x", "c/10", "c/2", "cc"], (await Store.List(string.Empty)).Select(static item => item.Name));
        Assert.Empty(await Store.List("d"));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_and_deleting_again_changes_nothing()
    {
        await Store.Put("x/y", Bytes("one"), BlobCondition.None);
        await Store.Delete("x/y");
        await Store.Delete("x/y");
        Assert.Null(await Store.Get("x/y"));
        Assert.Empty(await Store.List("x"));
        await Store.Put("x/y", Bytes("two"), BlobCondition.IfNoneMatch);
        Assert.Equal("two", await Text("x/y"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./x")]
    [InlineData("a//x")]
    [InlineData("a/")]
    [InlineData("a\\x")]
    [InlineData("a\0x")]
    [InlineData("a\nx")]
    [InlineData("a x")]
    [InlineData(".lock")]
    [InlineData("C:x")]
    [InlineData("é")]
    public async Task A_name_outside_the_rule_is_refused_by_every_method(string name)
    {
        var errors = new[]
        {
            await Assert.ThrowsAsync<TemperaException>(() => Store.Get(name)),
            await Assert.ThrowsAsync<TemperaException>(() => Store.Put(name, Bytes("x"), BlobCondition.None)),
            await Assert.ThrowsAsync<TemperaException>(() => Store.Append(name, Bytes("x"), 0, durable: false)),
            await Assert.ThrowsAsync<TemperaException>(() => Store.Delete(name)),
        };
        Assert.All(errors, static error => Assert.Equal(TemperaError.Storage, error.Code));
        Assert.DoesNotContain(errors[0].Message, char.IsControl);
        Assert.Empty(await Store.List(string.Empty));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("a/..")]
    public async Task A_prefix_outside_the_rule_is_refused(string prefix) =>
        Assert.Equal(TemperaError.Storage, (await Assert.ThrowsAsync<TemperaException>(() => Store.List(prefix))).Code);

    [Fact]
    public async Task Readers_never_see_half_a_put()
    {
        var (a, b) = (new byte[200_000], Enumerable.Repeat((byte)1, 100_000).ToArray());
        await Store.Put("big", a, BlobCondition.None);
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await Store.Put("big", i % 2 == 0 ? b : a, BlobCondition.None);
            }
        });
        do
        {
            var content = (await Store.Get("big"))!.Content;
            Assert.True(content.Length is 100_000 or 200_000);
            Assert.Equal(content.Length == 100_000 ? 1 : 0, content[^1]);
        }
        while (!writer.IsCompleted);

        await writer;
    }
}
