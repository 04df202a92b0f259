using System.Text;

using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;
using Tempera.Grains.Tests.Storage;
using Tempera.Silo.Storage.Azure;

using Xunit;

namespace Tempera.Cluster.Tests.Storage;

/// <summary>The Azure store against a real Azurite.</summary>
public sealed class AzureBlobStoreTests(Azurite azurite) : FencingConformance, IClassFixture<Azurite>, IAsyncLifetime
{
    private readonly AzureStorageSettings _settings = azurite.NewContainer();
    private AzureBlobStore? _store;

    protected override IBlobStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Azurite.IsInstalled, Azurite.Missing);
        _store = new AzureBlobStore(_settings);
        await _store.EnsureContainer(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Two_processes_exclude_each_other_by_conditions_alone()
    {
        var other = new AzureBlobStore(_settings);
        var end = (await Store.Append("log", Bytes("one"), 0, durable: false)).End;
        var theirs = await other.Append("log", Bytes("two"), 3, durable: false);
        Assert.False(theirs.Conflict);
        Assert.True((await Store.Append("log", Bytes("six"), end, durable: false)).Conflict);
        Assert.True((await Store.Append("log", Bytes("six"), 3, durable: false)).Conflict);
        Assert.False((await other.Append("log", Bytes("ten"), theirs.End, durable: false)).Conflict);
        Assert.Equal("onetwoten", Encoding.UTF8.GetString((await Store.Get("log"))!.Content));
    }

    [Fact]
    public async Task A_writer_that_comes_to_the_same_length_is_still_noticed()
    {
        var other = new AzureBlobStore(_settings);
        var end = (await Store.Append("log", Bytes("one"), 0, durable: false)).End;
        var seen = (await other.Get("log"))!;
        await other.Put("log", Bytes("two"), BlobCondition.IfMatch(seen.ETag));
        Assert.True((await Store.Append("log", Bytes("six"), end, durable: false)).Conflict);
        Assert.Equal("two", Encoding.UTF8.GetString((await Store.Get("log"))!.Content));
    }

    [Fact]
    public async Task A_log_larger_than_a_block_grows_by_full_blocks_and_reads_back_whole()
    {
        var (random, expected, end) = (new Random(1), new MemoryStream(), new BlobPosition(0));
        for (var i = 0; i < 70; i++)
        {
            var part = new byte[20_000 + random.Next(20_000)];
            random.NextBytes(part);
            expected.Write(part);
            end = (await Store.Append("log", part, end, durable: false)).End;
        }

        Assert.Equal(expected.Length, end.Length);
        Assert.Equal(expected.ToArray(), (await Store.Get("log"))!.Content);
    }

    [Fact]
    public async Task A_put_in_several_parts_is_whole_and_can_be_appended_to()
    {
        var content = new byte[20 << 20];
        new Random(2).NextBytes(content);
        var written = await Store.Put("weights", content, BlobCondition.IfNoneMatch);
        Assert.Equal(content, (await Store.Get("weights"))!.Content);
        Assert.True((await Store.Put("weights", Bytes("x"), BlobCondition.IfNoneMatch)).Conflict);
        Assert.False((await Store.Append("weights", Bytes("end"), new BlobPosition(content.Length, written.ETag), durable: true)).Conflict);
        Assert.Equal(content.Concat(Bytes("end").ToArray()), (await Store.Get("weights"))!.Content);
    }

    [Fact]
    public async Task Storage_that_is_gone_is_named_with_its_remedy()
    {
        var store = new AzureBlobStore(_settings with
        {
            ConnectionString = azurite.ConnectionString.Replace("127.0.0.1", "127.0.0.9", StringComparison.Ordinal),
            Retries = 0,
        });
        var error = await Assert.ThrowsAsync<TemperaException>(() => store.Get("x"));
        Assert.Equal(TemperaError.Storage, error.Code);
        Assert.Contains("cannot be reached", error.Message);
    }

    [Fact]
    public async Task A_wrong_key_and_a_missing_container_are_named_and_no_key_is_shown()
    {
        var wrong = Convert.ToBase64String(new byte[64]);
        var store = new AzureBlobStore(_settings with
        {
            ConnectionString = System.Text.RegularExpressions.Regex.Replace(azurite.ConnectionString, "AccountKey=[^;]+", $"AccountKey={wrong}"),
        });
        var error = await Assert.ThrowsAsync<TemperaException>(() => store.Get("x"));
        Assert.Contains("refuses this identity", error.Message);
        Assert.DoesNotContain(wrong, error.Message);
        error = await Assert.ThrowsAsync<TemperaException>(() => new AzureBlobStore(azurite.NewContainer()).Put("x", Bytes("x"), BlobCondition.None));
        Assert.Contains("storage_container", error.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AccountName=secret-text")]
    public void Wrong_settings_are_refused_without_showing_them(string? text)
    {
        var error = Assert.Throws<TemperaException>(() => new AzureBlobStore(new AzureStorageSettings { ConnectionString = text }));
        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains("storage_connection_string", error.Message);
        Assert.DoesNotContain("secret-text", error.Message);
    }
}
