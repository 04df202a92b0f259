using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;
using Tempera.Grains.Tests.Storage;
using Tempera.Silo.Storage;

using Xunit;

namespace Tempera.Silo.Tests.Storage;

public sealed class LocalFolderBlobStoreTests : BlobStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFolderBlobStore _store;

    public LocalFolderBlobStoreTests() => _store = new LocalFolderBlobStore(_folder.Path);

    protected override IBlobStore Store => _store;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stripped_prefix_is_not_in_the_file_names()
    {
        var store = new LocalFolderBlobStore(_folder.Path, "campaigns/mine/");
        await store.Put("campaigns/mine/checkpoints/1/state.json", Bytes("x"), BlobCondition.None);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "checkpoints", "1", "state.json")));
        Assert.Equal([new("campaigns/mine/checkpoints/1/state.json", 1)], await store.List("campaigns/"));
        Assert.Equal([new("campaigns/mine/checkpoints/1/state.json", 1)], await store.List("campaigns/mine/check"));
        var error = await Assert.ThrowsAsync<TemperaException>(() => store.Get("campaigns/other/campaign.json"));
        Assert.Contains("campaigns/mine/", error.Message);
    }

    [Fact]
    public async Task Files_that_no_name_can_mean_are_not_listed_and_left_alone()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "my notes.txt"), "x");
        File.WriteAllText(Path.Combine(_folder.Path, ".hidden"), "x");
        await Store.Put("a", Bytes("x"), BlobCondition.None);
        Assert.Equal(["a"], (await Store.List(string.Empty)).Select(static item => item.Name));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "my notes.txt")));
    }

    [Fact]
    public async Task Links_out_of_the_folder_are_not_listed()
    {
        using var outside = new TemporaryFolder();
        File.WriteAllText(Path.Combine(outside.Path, "secret"), "x");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), outside.Path);
        Assert.Empty(await Store.List(string.Empty));
    }

    [Fact]
    public async Task Temporary_files_of_a_crash_are_removed_and_none_are_left_by_a_put()
    {
        var temporary = Path.Combine(_folder.Path, ".tmp");
        Directory.CreateDirectory(temporary);
        File.WriteAllText(Path.Combine(temporary, "half"), "x");
        var store = new LocalFolderBlobStore(_folder.Path);
        Assert.False(Directory.Exists(temporary));
        await store.Put("a/b", Bytes("x"), BlobCondition.None);
        Assert.Empty(Directory.EnumerateFiles(temporary));
    }

    [Fact]
    public async Task A_store_opened_for_reading_refuses_writes_and_touches_nothing()
    {
        await Store.Put("a", Bytes("x"), BlobCondition.None);
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".tmp"));
        var before = Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order().ToList();
        var reader = new LocalFolderBlobStore(_folder.Path, readOnly: true);
        Assert.NotNull(await reader.Get("a"));
        await Assert.ThrowsAsync<TemperaException>(() => reader.Put("a", Bytes("y"), BlobCondition.None));
        await Assert.ThrowsAsync<TemperaException>(() => reader.Append("a", Bytes("y"), 1, durable: false));
        await Assert.ThrowsAsync<TemperaException>(() => reader.Delete("a"));
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task A_full_disk_is_named_with_its_remedy()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "log"), "/dev/full");
        var error = await Assert.ThrowsAsync<TemperaException>(() => Store.Append("log", Bytes("x"), 0, durable: false));
        Assert.Equal(TemperaError.Storage, error.Code);
        Assert.Contains("full", error.Message);
        Assert.Contains("Free some space", error.Message);
    }

    [Fact]
    public async Task A_root_that_is_a_file_is_named()
    {
        var path = Path.Combine(_folder.Path, "file");
        File.WriteAllText(path, "x");
        var store = new LocalFolderBlobStore(path);
        var error = await Assert.ThrowsAsync<TemperaException>(() => store.Put("a", Bytes("x"), BlobCondition.None));
        Assert.Equal(TemperaError.Storage, error.Code);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public async Task A_folder_in_place_of_a_blob_is_an_error_and_not_a_crash()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "a"));
        Assert.Equal(TemperaError.Storage, (await Assert.ThrowsAsync<TemperaException>(() => Store.Get("a"))).Code);
        Assert.Equal(TemperaError.Storage, (await Assert.ThrowsAsync<TemperaException>(() => Store.Put("a", Bytes("x"), BlobCondition.None))).Code);
    }

    [Theory]
    [InlineData(28, "full")]
    [InlineData(122, "quota")]
    [InlineData(30, "read-only")]
    [InlineData(24, "ulimit")]
    public void Error_numbers_have_a_remedy(int number, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "error numbers of Unix");
        Assert.Contains(expected, StorageFault.From("write", "/x", new IOException("message", number)).Message);
    }
}
