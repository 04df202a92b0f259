using System.Security.Cryptography;

using Tempera.Contracts.Errors;
using Tempera.Silo.Data;

using Xunit;

namespace Tempera.Silo.Tests.Data;

public sealed class PublicDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(static i => (byte)(i * 7 % 251))];
    private static readonly string Checksum = Convert.ToHexStringLower(SHA256.HashData(Content));

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    private string Target => Path.Combine(_folder.Path, "file");

    [Fact]
    public async Task A_file_arrives_whole()
    {
        await using var server = new RangeServer(Content);
        var received = new Received();
        await new PublicDownload(_client).Fetch(server.Address, Checksum, Target, received, CancellationToken.None);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(Content.Length, received.Last);
    }

    [Fact]
    public async Task An_interrupted_download_goes_on_where_it_stopped()
    {
        await using var server = new RangeServer(Content);
        File.WriteAllBytes(Target, Content[..1000]);
        await new PublicDownload(_client).Fetch(server.Address, Checksum, Target, null, CancellationToken.None);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal([1000], server.Starts);
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_asked_for_the_rest()
    {
        await using var server = new RangeServer(Content) { HangUps = 1 };
        await new PublicDownload(_client).Fetch(server.Address, Checksum, Target, null, CancellationToken.None);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(2, server.Starts.Count);
        Assert.True(server.Starts.Last() > 0);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_the_whole_again()
    {
        await using var server = new RangeServer(Content) { KnowsRanges = false };
        File.WriteAllBytes(Target, Content[..1000]);
        await new PublicDownload(_client).Fetch(server.Address, Checksum, Target, null, CancellationToken.None);

        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_complete_file_is_not_sent_again()
    {
        await using var server = new RangeServer(Content);
        File.WriteAllBytes(Target, Content);
        await new PublicDownload(_client).Fetch(server.Address, Checksum, Target, null, CancellationToken.None);

        Assert.Equal([Content.Length], server.Starts);
    }

    [Fact]
    public async Task Another_content_is_thrown_away()
    {
        await using var server = new RangeServer(Content);
        var wanted = Convert.ToHexStringLower(SHA256.HashData([1]));
        var error = await Assert.ThrowsAsync<TemperaException>(() => new PublicDownload(_client).Fetch(server.Address, wanted, Target, null, CancellationToken.None));

        Assert.Equal(TemperaError.TaskData, error.Code);
        Assert.Contains(Checksum, error.Message, StringComparison.Ordinal);
        Assert.Contains(wanted, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_missing_file_and_a_missing_server_are_one_clear_error()
    {
        Uri gone;
        await using (var server = new RangeServer(Content))
        {
            gone = server.Address;
            var error = await Assert.ThrowsAsync<TemperaException>(() => new PublicDownload(_client).Fetch(new Uri(gone, "other"), Checksum, Target, null, CancellationToken.None));
            Assert.Contains("404", error.Message, StringComparison.Ordinal);
        }

        var none = await Assert.ThrowsAsync<TemperaException>(() => new PublicDownload(_client).Fetch(gone, Checksum, Target, null, CancellationToken.None));
        Assert.Contains("goes on where it stopped", none.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private sealed class Received : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value) => Last = value;
    }
}
